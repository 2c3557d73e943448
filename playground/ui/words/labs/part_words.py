"""Words that the parts of all labs share: buttons of a graph, what a handle is. They travel with the labs' index."""

TEXT: dict[str, tuple[str, str]] = {
    "part.first": ("To the start", "回到开头"),
    "part.back": ("Step back", "上一步"),
    "part.forward": ("Step forward", "下一步"),
    "part.play": ("Play", "播放"),
    "part.pause": ("Pause", "暂停"),
    "part.start": (
        "step 0 of {n}: only the inputs have values",
        "第 0 步，共 {n} 步：只有输入有值",
    ),
    "part.step_forward": (
        "step {k} of {n}, forward: {label} = {value}",
        "第 {k} 步，共 {n} 步，正向：{label} = {value}",
    ),
    "part.step_backward": (
        "step {k} of {n}, backward: {grads}",
        "第 {k} 步，共 {n} 步，反向：{grads}",
    ),
    "part.step_other": ("step {k} of {n}", "第 {k} 步，共 {n} 步"),
    "part.handle": (
        "{label}: move with the arrow keys, with Shift for larger steps",
        "{label}：用方向键移动，按住 Shift 步子更大",
    ),
    "part.place": ("x {x}, y {y}", "x {x}，y {y}"),
    "part.graph": (
        "A graph of {n} nodes. {about}",
        "有 {n} 个节点的图。{about}",
    ),
    "part.array": ("Array of shape ({shape})", "形状为 ({shape}) 的数组"),
    "part.boxes": (
        "A storage of {n} elements, in order of memory",
        "{n} 个元素的存储，按内存顺序排列",
    ),
    "part.bytes": ("{n} bytes each", "每个 {n} 字节"),
    "part.more": ("{n} more are not drawn", "还有 {n} 个没有画出"),
    "part.picture": (
        "Picture of {height} × {width} pixels",
        "{height} × {width} 像素的图片",
    ),
    "part.window": (
        "Window at row {row}, column {column}: move it with the arrow keys or by a click",
        "窗口在第 {row} 行第 {column} 列：用方向键或点击来移动",
    ),
    "part.pixel": ("row {row}, column {column}: {value}", "第 {row} 行第 {column} 列：{value}"),
    "part.result": ("result", "结果"),
    "part.clash": ("clash", "冲突"),
    "part.figure": ("Chart with {names}", "图表：{names}"),
}
