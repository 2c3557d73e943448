"""Try it: the drawing pad, samples, photos, the answer."""

TEXT: dict[str, tuple[str, str]] = {
    "sample.raw": ("your own input", "自己的输入"),
    "try.title": ("Try it", "试一试"),
    "try.help": ("answers with the network as it is now", "用此刻的网络回答"),
    "pad.label": (
        "Drawing pad: draw a digit with mouse, pen or finger",
        "画板：用鼠标、触控笔或手指画一个数字",
    ),
    "pad.hint": ("Draw a digit here", "在这里画一个数字"),
    "pad.clear": ("Clear", "清空"),
    "pad.undo": ("Undo the last stroke", "撤销上一笔"),
    "pad.pick": ("Use a validation image instead", "改用一张验证图像"),
    "pad.brush": ("brush", "笔刷"),
    "pad.sees": ("what it sees", "网络看到的"),
    "pad.sees.long": (
        "What the network really sees: 28 × 28 grey values",
        "网络真正看到的：28 × 28 个灰度值",
    ),
    "pad.title": ("Draw", "绘制"),
    "pad.title.help": ("the answer follows the pen", "答案跟着笔走"),
    "pad.explain": (
        "The ink is cut out, scaled into 20 × 20 keeping its proportions, and placed in 28 × 28 by its centre of mass,"
        " as MNIST was made.",
        "先裁出笔迹，按比例缩放到 20 × 20，再以重心居中放入 28 × 28，与 MNIST 的制作方法相同。",
    ),
    "answer.title": ("The answer", "答案"),
    "answer.loaded": (
        "With the weights that were loaded, not trained further.",
        "使用载入的权重，尚未继续训练。",
    ),
    "answer.untrained": (
        "Not trained yet: this is a guess. Press Train.",
        "尚未训练：这只是瞎猜。请点击“训练”。",
    ),
    "answer.empty": (
        "Draw, and the network answers while the pen moves.",
        "动笔吧，边画网络边回答。",
    ),
    "answer.step": ("after {step} steps", "第 {step} 步之后"),
    "answer.top": ("{label}, {percent}", "{label}，{percent}"),
    "answer.list": ("Probabilities by class", "各类别的概率"),
    "answer.right": ("It is {label}: right", "正确答案是 {label}：答对了"),
    "answer.wrong": ("It is {label}: wrong", "正确答案是 {label}：答错了"),
    "answer.mismatch": ("This network does not read pictures.", "这个网络不读取图像。"),
    "sample.title": ("Looked at", "当前样本"),
    "sample.validation": ("validation image {index}", "验证图像 {index}"),
    "sample.validation_label": (
        "validation image {index}, a “{label}”",
        "验证图像 {index}，类别“{label}”",
    ),
    "sample.drawn": ("your drawing", "你画的图"),
    "sample.photo": ("your photo", "你的照片"),
    "sample.point": ("the point ({x}, {y})", "点 ({x}, {y})"),
    "sample.validation_point": ("validation point {index}", "验证点 {index}"),
    "sample.validation_point_label": (
        "validation point {index}, class “{label}”",
        "验证点 {index}，类别“{label}”",
    ),
    "sample.previous": ("Previous", "上一个"),
    "sample.next": ("Next", "下一个"),
    "sample.random": ("Random", "随机"),
    "sample.index": ("number", "编号"),
    "sample.class": ("class", "类别"),
    "sample.any": ("any", "任意"),
    "sample.of": ("of {n}", "共 {n} 个"),
    "sample.use_drawn": ("Drawing", "画的图"),
    "sample.use_photo": ("Photo", "照片"),
    "photo.title": ("Photo", "照片"),
    "photo.help": ("upload, webcam or paste", "上传、摄像头或粘贴"),
    "photo.explain": (
        "Write one digit on paper and show it. Paper and shadows are removed, dark ink becomes light on dark,"
        " then it is placed as a drawing is.",
        "在纸上写一个数字并给它看。纸张和阴影会被去除，深色墨迹转为深底浅字，然后像绘制的图一样居中放置。",
    ),
    "photo.seen": (
        "Read. The answer is about this photo until you draw.",
        "已读取。在你动笔之前，答案都针对这张照片。",
    ),
    "photo.empty": ("No writing was found in this photo.", "照片里没有找到字迹。"),
    "photo.reading": ("Reading the photo …", "正在读取照片……"),
}
