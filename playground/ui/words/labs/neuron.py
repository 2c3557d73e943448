"""Words of the lab about a neuron."""

TEXT = {
    "title": ("A neuron", "一个神经元"),
    "notice": (
        "The weights are an arrow, and the line stands at right angles to it: the sum is zero there, positive on the side "
        "to which the arrow points. Drag the arrow's tip to turn the line, and the line to move it.",
        "权重是一支箭，直线与它垂直：在线上加权和为零，箭头所指的一侧为正。拖动箭尖可以转动直线，拖动直线可以平移它。",
    ),
    "try": (
        "For XOR one neuron gets three of four corners right at best. Where must the two hidden lines stand for all four?",
        "对于异或，一个神经元最多答对四个角中的三个。两条隐藏的直线要放在哪里才能全部答对？",
    ),
    "field.data": ("Points", "数据点"),
    "field.network": ("Network", "网络"),
    "field.activation": ("Activation", "激活函数"),
    "field.weights": ("Weights", "权重"),
    "field.biases": ("Biases", "偏置"),
    "field.output": ("Output weights", "输出权重"),
    "field.output_bias": ("Output bias", "输出偏置"),
    "choice.clouds": ("two clouds", "两团点"),
    "choice.and": ("AND", "与"),
    "choice.or": ("OR", "或"),
    "choice.xor": ("XOR", "异或"),
    "choice.one": ("one neuron", "一个神经元"),
    "choice.two": ("two hidden neurons", "两个隐藏神经元"),
    "choice.none": ("none", "无"),
    "surprise.xor_one": ("XOR with one", "一个神经元的异或"),
    "surprise.xor_two": ("XOR with two", "两个神经元的异或"),
    "surprise.no_curve": ("two without a curve", "没有曲线的两个"),
    "surprise.off": ("a ReLU that is off", "关闭的 ReLU"),
    "surprise.saturated": ("a saturated sigmoid", "饱和的 sigmoid"),
    "number.accuracy": ("accuracy", "准确率"),
    "one": (
        "z = {formula}; the answer is yes where z > 0.",
        "z = {formula}；z > 0 时回答“是”。",
    ),
    "two": (
        "z = {formula}, from the two hidden values; the answer is yes where z > 0.",
        "z = {formula}，由两个隐藏值得到；z > 0 时回答“是”。",
    ),
    "all_right": ("Every point is on its side.", "每个点都在正确的一侧。"),
    "some_wrong": (
        "{percent} % of the points are on their side; those in a ring are not.",
        "{percent}% 的点在正确的一侧；带圈的不在。",
    ),
    "hopeless": (
        "{percent} % are right. No single line separates the corners of XOR, and sums of sums are one sum again: it takes "
        "two neurons with a curve.",
        "{percent}% 正确。没有一条直线能分开异或的四个角，而和的和仍是一个和：需要两个带曲线的神经元。",
    ),
    "flat": (
        "At {n} of {all} places the curve is nearly flat: no gradient comes back from there, so nothing is learned from it.",
        "在 {all} 处中的 {n} 处曲线几乎是平的：那里没有梯度返回，所以学不到东西。",
    ),
    "class_no": ("no", "否"),
    "class_yes": ("yes", "是"),
    "wrong": ("on the wrong side", "在错误的一侧"),
    "curve": ("activation", "激活函数"),
    "slope": ("its derivative", "它的导数"),
    "curve_title": (
        "The curve, its derivative, and where the points stand on it",
        "曲线、它的导数，以及各点在曲线上的位置",
    ),
    "hidden_title": ("The points as the output neuron sees them", "输出神经元看到的点"),
    "x1": ("x₁", "x₁"),
    "x2": ("x₂", "x₂"),
    "label": ("wanted", "应为"),
    "sum": ("sum z", "加权和 z"),
    "answer": ("answer", "回答"),
}
HELP_ZH = {
    "data": "数据点：两团点，或正方形的四个角",
    "network": "一个神经元，或输出之前有两个隐藏神经元",
    "activation": "弯折加权和的曲线",
    "weights": "每个神经元：x₁ 和 x₂ 所乘的数",
    "biases": "每个神经元：所加的数",
    "output": "有两个隐藏神经元时，输出神经元的权重",
    "output_bias": "输出神经元的偏置",
}
