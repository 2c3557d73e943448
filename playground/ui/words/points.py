"""Points in the plane: the data, the decision boundary, what each unit sees."""

TEXT: dict[str, tuple[str, str]] = {
    "boundary.title": ("Decision boundary", "决策边界"),
    "boundary.help": (
        "colour: the class it would answer, stronger where it is sure",
        "颜色表示它会回答的类别，越确定越浓",
    ),
    "boundary.try": (
        "click, drag or use the arrow keys to ask a point",
        "点击、拖动或用方向键询问一个点",
    ),
    "boundary.label": (
        "Plane of the data with the network's answer at every place. Arrow keys move the point asked.",
        "数据平面以及网络在每个位置的回答。方向键移动所问的点。",
    ),
    "boundary.train": ("train: filled", "训练：实心"),
    "boundary.val": ("validation: ring", "验证：空心"),
    "boundary.at": ("({x}, {y}): {label}, {percent}", "({x}, {y})：{label}，{percent}"),
    "draw.points": (
        "This network reads points of a plane, not pictures: ask it here.",
        "这个网络读取平面上的点，而不是图像：在这里询问它。",
    ),
    "units.title": ("What each unit sees", "每个单元看到的"),
    "units.help": (
        "over the plane: blue where it is positive, orange where it is negative",
        "在平面上：蓝色为正，橙色为负",
    ),
    "units.some": ("{n} of {of}", "{of} 个中的 {n} 个"),
    "units.unit": ("{label}, unit {n}", "{label}，第 {n} 个单元"),
}

CATALOGUE_ZH: dict[str, str] = {
    "Gaussians": "高斯团",
    "Round clouds of points, one a class: a single layer can part them.": "每个类别一团圆形的点：单层网络就能分开。",
    "Number of points": "点的个数",
    "noise": "噪声",
    "Spread of the clouds, beyond 0.1": "点团的散布程度（0.1 之外）",
    "Number that the random points grow from": "生成随机点的种子",
    "n classes": "类别数",
    "Number of clouds": "点团的个数",
    "Circles": "圆环",
    "A ring inside a ring: no straight line can part them.": "环中之环：任何直线都分不开。",
    "Spread of the random shift of every point": "每个点随机偏移的散布程度",
    "XOR": "异或",
    "A chessboard of four squares, the problem that one layer alone cannot solve.": "四格棋盘：单层网络无法解决的问题。",
    "Moons": "双月",
    "Two half moons that reach into each other.": "两个互相嵌入的半月。",
    "Spirals": "螺旋",
    "Arms that wind around each other: the hardest of the toys, it needs a deeper network.": "互相缠绕的旋臂：最难的玩具数据，需要更深的网络。",
    "Number of arms": "旋臂的条数",
    "turns": "圈数",
    "Times that an arm goes around": "每条旋臂绕的圈数",
}
