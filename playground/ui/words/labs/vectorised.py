"""Words of the lab about loops and vectors."""

TEXT = {
    "title": ("Loop or vector", "循环还是向量"),
    "notice": (
        "Both lines are measured here and now. A call of PyTorch has a fixed price, then its numbers are nearly free; a loop "
        "of Python pays for each number.",
        "两条线都是此时此地测得的。调用一次 PyTorch 有固定的代价，之后每个数几乎不花时间；Python 循环则为每个数付出代价。",
    ),
    "try": (
        "For how many numbers is the loop still the faster of the two? And why is there such a size at all?",
        "多少个数以内循环更快？为什么会有这样一个界限？",
    ),
    "field.operation": ("Operation", "运算"),
    "field.over": ("The loop reads", "循环读取"),
    "field.largest": ("Largest size", "最大规模"),
    "choice.add": ("a + b", "a + b"),
    "choice.relu": ("relu(a)", "relu(a)"),
    "choice.sum": ("sum of a", "a 的和"),
    "choice.dot": ("dot product", "点积"),
    "choice.matmul": ("matrix product", "矩阵乘法"),
    "choice.list": ("lists of Python", "Python 列表"),
    "choice.elements": ("elements of a tensor", "张量的元素"),
    "surprise.one": ("a single number", "只有一个数"),
    "surprise.elements": ("a loop over a tensor", "对张量做循环"),
    "surprise.matmul": ("two matrices", "两个矩阵"),
    "surprise.order": ("another order of addition", "不同的相加顺序"),
    "number.ratio": ("times as fast", "倍速度"),
    "size": ("size", "规模"),
    "microseconds": ("microseconds", "微秒"),
    "loop": ("loop", "循环"),
    "vector": ("vector", "向量"),
    "ratio": ("vector is faster by", "向量快了"),
    "faster": (
        "At size {n} the loop takes {loop}, one call of PyTorch {vector}: {ratio}.",
        "规模 {n} 时，循环用 {loop}，一次 PyTorch 调用用 {vector}：{ratio}。",
    ),
    "slower": (
        "At size {n} the loop takes {loop} and wins: a call of PyTorch takes {vector}, however little it has to do ({ratio}).",
        "规模 {n} 时循环用 {loop}，更快：PyTorch 的一次调用要 {vector}，不管活儿多小（{ratio}）。",
    ),
    "stopped": (
        "From size {n} on the loop would keep you waiting, so only the vector was measured there.",
        "从规模 {n} 起循环会让你等太久，所以只测了向量。",
    ),
    "same": (
        "At size {n} both make exactly the same.",
        "规模 {n} 时，两者的结果完全相同。",
    ),
    "order": (
        "At size {n} the results are {difference} apart: PyTorch adds several partial sums side by side, and rounding depends "
        "on the order of addition.",
        "规模 {n} 时，两者的结果相差 {difference}：PyTorch 同时累加几个部分和，而舍入与相加的顺序有关。",
    ),
}
HELP_ZH = {
    "operation": "计算什么",
    "over": "list：循环读取 Python 的数；elements：读取张量的元素",
    "largest": "最大规模有多少个数",
}
