"""Words of the lab about derivatives."""

TEXT = {
    "title": ("Derivatives", "导数"),
    "notice": (
        "The gradient is a function like any other, so it can be differentiated again. Drag the point: f′ is the "
        "slope of the tangent, f″ says how fast that slope changes.",
        "梯度和别的函数一样，可以再求导。拖动这个点：f′ 是切线的斜率，f″ 说明斜率变化得多快。",
    ),
    "try": (
        "Where is the slope of sigmoid(x) largest, and what is f″ there?",
        "sigmoid(x) 的斜率在哪里最大？那里的 f″ 是多少？",
    ),
    "field.function": ("Function", "函数"),
    "field.at": ("Point", "位置"),
    "field.order": ("Highest derivative", "最高阶导数"),
    "field.low": ("From", "从"),
    "field.high": ("To", "到"),
    "field.shows": ("Shows", "显示"),
    "choice.tangent": ("tangent", "切线"),
    "choice.newton": ("Newton's method", "牛顿法"),
    "surprise.kink": ("a kink", "折点"),
    "surprise.flat": ("a slope that vanishes", "消失的斜率"),
    "surprise.newton": ("√2 by Newton", "用牛顿法求 √2"),
    "surprise.lost": ("Newton goes in circles", "牛顿法绕圈"),
    "surprise.hidden": ("a hole in the curve", "曲线上的空洞"),
    "derivative": ("derivative", "导数"),
    "value": ("value", "值"),
    "nowhere": (
        "At {x} there is no number: PyTorch follows the formula step by step and meets 0/0 or ∞ on the way.",
        "在 {x} 处没有数值：PyTorch 按公式一步步计算，途中遇到 0/0 或 ∞。",
    ),
    "arrived": ("Newton's method is at {x} after {n} steps.", "牛顿法经过 {n} 步到达 {x}。"),
    "lost": (
        "After {n} steps Newton's method is at {x} and has not settled: it follows slopes, and they may lead in circles.",
        "经过 {n} 步，牛顿法在 {x}，仍未稳定：它跟着斜率走，而斜率可能让它绕圈。",
    ),
    "tangent": ("tangent", "切线"),
    "Newton": ("Newton’s steps", "牛顿法的步子"),
}
HELP_ZH = {
    "function": "一个变量的函数",
    "at": "观察的位置",
    "order": "最高阶的导数",
    "low": "图的左端",
    "high": "图的右端",
    "shows": "tangent：该点的切线；newton：牛顿法求零点的步骤",
}
