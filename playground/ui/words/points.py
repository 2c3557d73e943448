"""Points in the plane: the data, the decision boundary, what each unit sees."""

TEXT: dict[str, tuple[str, str]] = {
    "boundary.title": ("Decision boundary", "决策边界"),
    "boundary.help": (
        "colour: the network’s answer, stronger where it is more certain",
        "颜色表示网络会回答的类别，越确定颜色越浓",
    ),
    "boundary.try": (
        "click, drag or use the arrow keys to ask about a point",
        "点击、拖动或用方向键询问某个点",
    ),
    "answer.empty.points": (
        "Choose a point: click, drag or use the arrow keys.",
        "选择一个点：点击、拖动或用方向键。",
    ),
    "boundary.label": (
        "The plane of the data with the network's answer at every point. The arrow keys move the point in question.",
        "数据平面以及网络在每个位置的回答。方向键移动所询问的点。",
    ),
    "boundary.train": ("training: filled", "训练：实心"),
    "boundary.val": ("validation: ring", "验证：空心"),
    "draw.points": (
        "This network reads points in the plane, not pictures: ask about a point here.",
        "这个网络读取平面上的点而不是图像，请在这里询问。",
    ),
    "units.title": ("What each unit responds to", "每个单元的响应"),
    "units.help": (
        "over the plane: blue where the output is positive, orange where it is negative",
        "在平面上：输出为正处蓝色，为负处橙色",
    ),
    "units.some": ("{n} of {of}", "{of} 个中的 {n} 个"),
    "units.unit": ("{label}, unit {n}", "{label}，第 {n} 个单元"),
}

CATALOGUE_ZH: dict[str, str] = {
    "Gaussians": "高斯团",
    "Round clouds of points, one per class: a single layer can separate them.": "每个类别一团圆形分布的点：单层网络就能分开。",
    "Number of points": "点的个数",
    "noise": "噪声",
    "Extra spread of the clouds, on top of 0.1": "点团的散布程度（在 0.1 的基础上增加）",
    "Fixes the random points: same seed, same points": "确定随机点：种子相同，点也相同",
    "n classes": "类别数",
    "Number of clouds": "点团的个数",
    "Circles": "圆环",
    "A ring inside a ring: no straight line can separate them.": "环中有环：任何直线都无法分开。",
    "How far each point is randomly shifted (standard deviation)": "每个点随机偏移的标准差",
    "XOR": "异或",
    "A chessboard of four squares: the classic problem that a single layer cannot solve.": "四格棋盘：单层网络无法解决的经典问题。",
    "Moons": "双月",
    "Two interleaving half moons.": "两个相互交错的半月。",
    "Spirals": "螺旋",
    "Arms wound around each other: the hardest of these point sets, which needs a deeper network.": "相互缠绕的旋臂：平面点集中最难的一个，需要更深的网络。",
    "Number of arms": "旋臂的条数",
    "turns": "圈数",
    "How many turns each arm makes": "每条旋臂绕的圈数",
}
