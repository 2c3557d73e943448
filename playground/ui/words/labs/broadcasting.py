"""Words of the lab about broadcasting."""

TEXT = {
    "title": ("Broadcasting", "广播"),
    "notice": (
        "Shapes are compared from the right. An axis of size 1, or one that is missing on the left, stretches; "
        "any other difference is a clash.",
        "形状从右往左比较。大小为 1 的轴，或左边缺少的轴，会被拉伸；其他任何不同都是冲突。",
    ),
    "try": (
        "A batch of 64 rows of 10 numbers needs one number per row added. Which shape must those 64 numbers have?",
        "一批 64 行、每行 10 个数，要给每行各加一个数。这 64 个数应该是什么形状？",
    ),
    "field.shapes": ("Shapes", "形状"),
    "surprise.vectors": ("a row and a column", "一行与一列"),
    "surprise.clash": ("a clash", "冲突"),
    "surprise.batch": ("64 numbers and 64 rows", "64 个数与 64 行"),
    "surprise.empty": ("an empty axis", "空的轴"),
    "surprise.scalar": ("a single number", "单个数"),
    "number.elements": ("elements", "元素"),
    "meet": ("The result has shape {result}: {n} elements.", "结果的形状是 {result}：{n} 个元素。"),
    "clash": (
        "Axis {axis} clashes: the sizes there are {sizes}, and none of them stretches.",
        "轴 {axis} 冲突：那里的大小是 {sizes}，没有一个可以拉伸。",
    ),
    "a": ("a", "a"),
    "b": ("b", "b"),
    "c": ("c", "c"),
    "memory": (
        "Stretching takes no memory: {name} keeps its {bytes} bytes, and with strides {strides} the same "
        "numbers are read again and again.",
        "拉伸不占内存：{name} 仍是 {bytes} 字节，步长为 {strides}，同样的数被反复读取。",
    ),
}
HELP_ZH = {"shapes": "相遇的形状"}
