"""Look inside: the flow through the network, feature maps, kernels, histograms."""

TEXT: dict[str, tuple[str, str]] = {
    "flow.title": ("The network now", "当前网络"),
    "flow.help": ("{sample}; click on a block", "{sample}；点击一个方块"),
    "flow.input": ("Input", "输入"),
    "flow.output": ("Output", "输出"),
    "flow.block": ("{label}, output {shape}", "{label}，输出 {shape}"),
    "maps.waiting": ("The chosen layer", "所选的层"),
    "maps.title": ("After {label}", "{label} 之后"),
    "maps.help": (
        "the {shown} strongest of {total}, {size}",
        "{total} 个中响应最强的 {shown} 个，{size}",
    ),
    "maps.all": ("all {total}, {size}", "全部 {total} 个，{size}"),
    "maps.tokens": ("{n} tokens, as the network reads them", "网络读到的 {n} 个词元"),
    "maps.units": ("{total} units", "{total} 个单元"),
    "maps.count": ("show", "显示"),
    "maps.value": (
        "channel {channel}, row {row}, column {column}: {value}",
        "通道 {channel}，行 {row}，列 {column}：{value}",
    ),
    "maps.unit_value": ("unit {unit}: {value}", "单元 {unit}：{value}"),
    "maps.hover.units": ("point at a bar to read its value", "将指针移到柱上可读取数值"),
    "maps.hover": ("point at a map to read its values", "将指针移到图上可读取数值"),
    "kernels.title": ("Kernels of the first convolution", "第一个卷积层的卷积核"),
    "kernels.help": (
        "blue positive, orange negative; {n} of {height} × {width}",
        "蓝色为正，橙色为负；{n} 个 {height} × {width}",
    ),
    "kernels.more": (
        "blue positive, orange negative; {n} of {of}, {height} × {width}",
        "蓝色为正，橙色为负；{of} 个中的 {n} 个，{height} × {width}",
    ),
    "kernels.number": ("kernel", "卷积核"),
    "kernels.to_lab": ("Walk it over the picture", "在图像上移动它"),
    "kernels.to_lab.help": (
        "Opens the lab “Convolution” with these weights and this picture, rounded and without the bias; "
        "of a large picture, the middle",
        "在“卷积”实验中打开这些权重和这幅图像：数值经过四舍五入，不含偏置；大图只取中间部分",
    ),
    "kernels.value": (
        "kernel {kernel}, row {row}, column {column}: {value}",
        "卷积核 {kernel}，行 {row}，列 {column}：{value}",
    ),
    "histograms.title": ("Weights and gradients", "权重与梯度"),
    "histograms.help": (
        "how the values of each layer are distributed; bar heights are square roots of the counts",
        "每层数值的分布，柱高为计数的平方根",
    ),
    "histograms.weights": ("weights", "权重"),
    "histograms.gradients": ("gradients", "梯度"),
    "histograms.none": ("no gradient yet", "还没有梯度"),
    "histograms.odd": ("{n} not finite", "{n} 个非有限值"),
    "histograms.later": (
        "Gradients appear beside them after the first training step.",
        "完成第一步训练后，梯度会显示在旁边。",
    ),
    "histograms.value": ("{low} to {high}: {count}", "{low} 至 {high}：{count} 个"),
    "inside.coming": ("The network is being asked…", "正在向网络提问…"),
    "inside.unanswered": ("The network could not answer: {message}", "网络无法回答：{message}"),
}
