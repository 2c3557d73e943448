"""Words of the lab about the Jacobian."""

TEXT = {
    "title": ("The Jacobian", "雅可比矩阵"),
    "notice": (
        "Two functions of x and y bend the plane. Close to a point that bend is nearly straight: the Jacobian, the table of "
        "all slopes, turns the small square into a parallelogram. One backward pass computes one row of it.",
        "x 和 y 的两个函数会弯曲平面。在一点附近，弯曲几乎是直的：雅可比矩阵（所有斜率的表）把小正方形变成平行四边形。"
        "一次反向传播计算它的一行。",
    ),
    "try": (
        "Make the square smaller. How fast does the straight picture approach the bent one?",
        "把正方形缩小。直的图形以多快的速度接近弯的图形？",
    ),
    "field.functions": ("Functions", "函数"),
    "field.x": ("x", "x"),
    "field.y": ("y", "y"),
    "field.size": ("Size of the square", "正方形大小"),
    "surprise.fold": ("a fold", "折叠"),
    "surprise.element_wise": ("each by itself", "逐个元素"),
    "surprise.softmax": ("softmax", "softmax"),
    "surprise.gradient": ("one function: a gradient", "一个函数：梯度"),
    "surprise.kink": ("a kink", "折点"),
    "number.determinant": ("determinant", "行列式"),
    "point": ("the point", "该点"),
    "before": ("The small square: drag it", "小正方形：可以拖动"),
    "after": (
        "What becomes of it: bent by the functions, straight by the Jacobian (dotted)",
        "它变成什么：实线由函数弯曲，虚线由雅可比矩阵变直",
    ),
    "jacobian": ("Jacobian: a row for each function", "雅可比矩阵：每个函数一行"),
    "values": (
        "{listed}. The graph was walked back once for each row: {n} in all.",
        "{listed}。每一行沿计算图返回一次：共 {n} 次。",
    ),
    "area": (
        "A tiny square here becomes {factor} times as large.",
        "这里的一个微小正方形，面积变为 {factor} 倍。",
    ),
    "turned_over": (
        "A tiny square here becomes {factor} times as large, and is turned over: the determinant is negative.",
        "这里的一个微小正方形，面积变为 {factor} 倍，并且被翻转：行列式为负。",
    ),
    "flattened": (
        "The determinant is 0: the square is pressed flat, and a gradient from behind cannot tell all directions apart.",
        "行列式为 0：正方形被压扁，从后面来的梯度无法区分所有方向。",
    ),
    "nowhere": (
        "Here a slope is no number: PyTorch meets 0/0 or ∞ on the way.",
        "这里有的斜率不是数：PyTorch 在途中遇到 0/0 或 ∞。",
    ),
}
HELP_ZH = {
    "functions": "x 和 y 的一到四个函数，用逗号分开",
    "x": "观察的位置",
    "y": "观察的位置",
    "size": "小正方形边长的一半",
}
