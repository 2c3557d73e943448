"""Words of the losses, of the data sets made for them, of the embedding view and of the report."""

CATALOGUE_ZH: dict[str, str] = {
    # Losses
    "class weights": "类别权重",
    "equal": "相同",
    "balanced": "按频率平衡",
    "balanced: a class that is n times as rare counts n times as much": "平衡：稀少 n 倍的类别，权重就大 n 倍",
    "Negative log-likelihood": "负对数似然",
    "The same number as cross-entropy, in the two steps that it is made of: log-softmax, then the right one's.": (
        "与交叉熵数值相同，拆成两步：先取 log-softmax，再取正确类别的那一项。"
    ),
    "Focal loss": "焦点损失",
    "Cross-entropy in which what the network already knows well counts little: for rare classes.": (
        "网络已经掌握的样本几乎不计的交叉熵：用于稀有类别。"
    ),
    "alpha": "alpha（系数）",
    "Factor of the whole; with gamma 0 and alpha 1 it is cross-entropy": (
        "整体的系数；gamma 为 0、alpha 为 1 时即为交叉熵"
    ),
    "How strongly the easy samples are turned down; 0: not at all": "对容易样本的抑制强度；0 表示不抑制",
    "Binary cross-entropy (logits)": "二元交叉熵（logits）",
    "Yes or no for every class, straight from the scores: exact where the network is very sure.": (
        "对每个类别回答是或否，直接由得分计算：网络非常确定时依然精确。"
    ),
    "pos weight": "正例权重",
    "What a yes counts against a no": "“是”相对于“否”的权重",
    "Binary cross-entropy (probabilities)": "二元交叉熵（概率）",
    "Yes or no for every class, from probabilities: the sigmoid first, then the logarithm, which loses digits.": (
        "对每个类别回答是或否，由概率计算：先 sigmoid 再取对数，会损失有效数字。"
    ),
    "Mean absolute error (L1)": "平均绝对误差（L1）",
    "The mean of the absolute differences: one wild value pulls no harder than any other.": (
        "绝对差的平均值：离谱的值不会比其他值拉得更用力。"
    ),
    "Huber": "Huber 损失",
    "Squared for small differences, straight from delta on: calm near the answer, unmoved by wild values.": (
        "差小时取平方，超过 delta 后为直线：接近答案时平稳，也不受离谱值左右。"
    ),
    "delta": "delta（阈值）",
    "beta": "beta（阈值）",
    "Where the straight part begins, in units of the targets' spread": "直线部分从何处开始，以目标的标准差为单位",
    "Smooth L1": "平滑 L1",
    "Huber divided by its threshold: the straight part always has slope 1.": (
        "Huber 除以其阈值：直线部分的斜率始终为 1。"
    ),
    "Triplet margin": "三元组损失",
    "Every sample must be nearer to one of its class than to one of another, by a margin.": (
        "每个样本到同类样本的距离，须比到异类样本的距离小一个间隔。"
    ),
    "dimensions": "维数",
    "Numbers that give a sample its place; 2 can be drawn as it is": "表示样本位置的数的个数；2 维可以直接画出",
    "Distance from which different classes cost nothing": "不同类别相距多远就不再计损失",
    "sampling": "取样",
    "all": "全部",
    "hard": "最难",
    "all: each that costs something; hard: for each sample the farthest like, the nearest other": (
        "全部：所有有损失的三元组；最难：每个样本取最远的同类和最近的异类"
    ),
    "Contrastive": "对比损失",
    "Pulls pairs of one class together, and pushes others apart until they are a margin away.": (
        "把同类的一对拉近，把异类的一对推开，直到相距一个间隔。"
    ),
    "Two tasks": "双任务",
    "A class and a value at once: cross-entropy and squared error, each with a weight that is learned or fixed.": (
        "同时学习类别与数值：交叉熵与平方误差，各自的权重可学习或固定。"
    ),
    "weighting": "权重方式",
    "learned": "可学习",
    "fixed": "固定",
    "learned: training finds the weights; fixed: those given here": "学习：由训练找出权重；固定：使用此处给出的权重",
    "class weight": "类别项权重",
    "Weight of the class, where weights are fixed": "固定权重时，类别项的权重",
    "value weight": "数值项权重",
    "Weight of the value, where weights are fixed": "固定权重时，数值项的权重",
    # Data sets
    "Digits, some rare": "手写数字（部分稀有）",
    "Real digits of which some classes are rare: always answering with a common one would score well.": (
        "真实手写数字，其中一些类别很少见：总是回答常见数字也能得高分。"
    ),
    "rare classes": "稀有类别数",
    "How many digits are rare, counted from 9 down": "有多少个数字是稀有的，从 9 往下数",
    "kept": "保留比例",
    "Share of a rare digit's images that is kept": "稀有数字的图像保留的比例",
    "Digits and their slant": "手写数字及其倾斜",
    "The 5,000 digits with two questions each: which digit, and how many degrees it leans to the right.": (
        "5,000 个数字，每个问两件事：是几，以及向右倾斜多少度。"
    ),
}

TEXT: dict[str, tuple[str, str]] = {
    "part.class_weight": ("weight of the class", "类别项的权重"),
    "part.value_weight": ("weight of the value", "数值项的权重"),
    "part.class_log_variance": ("log-variance of the class", "类别项的对数方差"),
    "part.value_log_variance": ("log-variance of the value", "数值项的对数方差"),
    "data.chip.task.two_tasks": ("and {targets}", "以及 {targets}"),
}
