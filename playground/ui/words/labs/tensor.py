"""Words of the lab about what a tensor is."""

TEXT = {
    "title": ("A tensor", "张量"),
    "notice": (
        "A tensor is one row of boxes in memory and a rule to read it: strides say how many boxes to move for one step "
        "along an axis. A transpose or a slice changes only the rule, never the boxes.",
        "张量是内存里的一排盒子，加上一条读取规则：步长说明沿某个轴走一步要跳过几个盒子。转置或切片只改变规则，不动盒子。",
    ),
    "try": (
        "Count in float16 from 2040. At which number do the gaps begin, and why there?",
        "用 float16 从 2040 开始数。从哪个数开始出现间隔？为什么是那里？",
    ),
    "field.shape": ("Shape", "形状"),
    "field.dtype": ("Kind of number", "数的类型"),
    "field.view": ("Read as", "读取方式"),
    "field.start": ("First number", "第一个数"),
    "field.step": ("Step", "步距"),
    "field.index": ("Element", "元素"),
    "choice.none": ("as it is", "原样"),
    "choice.transpose": ("transposed", "转置"),
    "choice.slice": ("all but the first column", "去掉第一列"),
    "choice.every_second": ("every second column", "每隔一列"),
    "choice.row": ("the last row", "最后一行"),
    "choice.flatten": ("one long row", "一长行"),
    "choice.diagonal": ("the diagonal", "对角线"),
    "choice.expand": ("the first column, expanded", "把第一列扩展"),
    "choice.contiguous": ("transposed and copied", "转置并复制"),
    "choice.flip": ("back to front", "左右翻转"),
    "surprise.transpose": ("a transpose moves nothing", "转置什么都不搬"),
    "surprise.gaps": ("2²⁴ + 1 in float32", "float32 里的 2²⁴ + 1"),
    "surprise.wraps": ("300 in uint8", "uint8 里的 300"),
    "surprise.overflow": ("65,520 in float16", "float16 里的 65,520"),
    "surprise.tenths": ("0.3 is not 0.3", "0.3 不是 0.3"),
    "surprise.expand": ("a stride of 0", "步长为 0"),
    "surprise.flip": ("a flip is a copy", "翻转是复制"),
    "surprise.scalar": ("no axes at all", "没有轴"),
    "surprise.empty": ("no numbers at all", "没有数"),
    "surprise.photos": ("a batch of 64 photos", "一批 64 张照片"),
    "number.bytes": ("bytes", "字节"),
    "number.strides": ("strides", "步长"),
    "number.is_contiguous": ("contiguous", "连续"),
    "x": ("x", "x"),
    "base": ("base", "base"),
    "storage": ("Storage, in order of memory", "存储，按内存顺序"),
    "bytes": ("Bytes of this element, lowest first", "这个元素的字节，低位在前"),
    "bits": ("Its bits", "它的位"),
    "sign": ("sign", "符号"),
    "exponent": ("exponent", "指数"),
    "fraction": ("fraction", "尾数"),
    "ask": ("ask", "询问"),
    "reply": ("reply", "回答"),
    "element": (
        "{name} stands in box {sum} = {box} (offset + index · stride) and is {value}.",
        "{name} 在盒子 {sum} = {box}（偏移 + 下标 · 步长），值为 {value}。",
    ),
    "gap": (
        "You asked for {wanted}; {dtype} holds {value}. Around it, neighbouring numbers are {gap} apart.",
        "你要的是 {wanted}；{dtype} 存的是 {value}。在它附近，相邻的数相差 {gap}。",
    ),
    "exact": (
        "{dtype} holds {value} exactly. Around it, neighbouring numbers are {gap} apart.",
        "{dtype} 正好能存 {value}。在它附近，相邻的数相差 {gap}。",
    ),
    "overflow": (
        "You asked for {wanted}, but {dtype} ends at {largest}: the box holds {value}.",
        "你要的是 {wanted}，但 {dtype} 最大只到 {largest}：盒子里是 {value}。",
    ),
    "range": (
        "{dtype} holds whole numbers from {low} to {high}; a conversion of any other starts again at the other end.",
        "{dtype} 能存从 {low} 到 {high} 的整数；转换其他数时，会从另一端重新开始。",
    ),
    "direct": (
        "The conversion wrapped around without a word. torch.tensor({value}) of this kind is refused instead:",
        "转换时悄悄绕回了。而直接用 torch.tensor({value}) 创建这种类型会被拒绝：",
    ),
    "shares": (
        "x reads the storage of base: no number was copied, only shape, strides and offset are new.",
        "x 读取 base 的存储：没有复制任何数，只有形状、步长和偏移是新的。",
    ),
    "copies": (
        "x has a storage of its own: its numbers were copied. No strides could read base in this order.",
        "x 有自己的存储：数被复制了。没有任何步长能按这个顺序读取 base。",
    ),
    "not_contiguous": (
        "With strides {strides} the numbers of x do not follow each other in memory: x is not contiguous.",
        "步长为 {strides} 时，x 的数在内存里不是依次相邻的：x 不连续。",
    ),
    "lost": (
        "{n} of {all} are not the number that was asked for: {dtype} does not have it.",
        "{all} 个数中有 {n} 个不是所要的：{dtype} 里没有那个数。",
    ),
    "large": (
        "{n} numbers are too many to draw (more than {limit}). Shape, strides and bytes come from the meta device, "
        "which works them out without memory.",
        "{n} 个数太多，画不下（超过 {limit}）。形状、步长和字节数来自 meta 设备，它不占内存就能算出来。",
    ),
}
HELP_ZH = {
    "shape": "各轴的大小；[] 是标量",
    "dtype": "每个盒子里是哪种数",
    "view": "用另一种方式读取同样的数",
    "start": "第一个数",
    "step": "每个数比前一个大多少",
    "index": "要看的元素；[] 是最后一个",
}
