"""Words of the lab about NumPy."""

TEXT = {
    "title": ("NumPy and back", "与 NumPy 互转"),
    "notice": (
        "On the CPU, from_numpy and .numpy() copy nothing: array and tensor are one memory, and what is written into one "
        "shows in the other. NumPy's usual number is float64, PyTorch's is float32.",
        "在 CPU 上，from_numpy 和 .numpy() 都不复制：数组和张量是同一块内存，写入一个，另一个也会变。"
        "NumPy 默认用 float64，PyTorch 默认用 float32。",
    ),
    "try": (
        "as_tensor(a, dtype=torch.float32) copies a float64 array. For which kind of array does it not copy?",
        "as_tensor(a, dtype=torch.float32) 会复制 float64 数组。对哪种数组它不复制？",
    ),
    "field.way": ("Crossing", "转换方式"),
    "field.dtype": ("Kind of number", "数的类型"),
    "field.writes": ("Write into", "写入"),
    "choice.from_numpy": ("torch.from_numpy(a)", "torch.from_numpy(a)"),
    "choice.as_tensor": ("torch.as_tensor(a)", "torch.as_tensor(a)"),
    "choice.torch_tensor": ("torch.tensor(a)", "torch.tensor(a)"),
    "choice.float": ("as_tensor(a, float32)", "as_tensor(a, float32)"),
    "choice.reversed": ("from_numpy(a[::-1])", "from_numpy(a[::-1])"),
    "choice.weights": ("weights @ t", "weights @ t"),
    "choice.numpy": ("t.numpy()", "t.numpy()"),
    "choice.copy": ("t.numpy().copy()", "t.numpy().copy()"),
    "choice.detach": ("t.detach().numpy()", "t.detach().numpy()"),
    "choice.grad": ("t.numpy(): gradients", "t.numpy()：有梯度"),
    "choice.bfloat16": ("t.numpy(): bfloat16", "t.numpy()：bfloat16"),
    "choice.cpu": ("t.cpu().numpy()", "t.cpu().numpy()"),
    "choice.gpu": ("t.numpy(): on a GPU", "t.numpy()：在 GPU 上"),
    "choice.array": ("the array", "数组"),
    "choice.tensor": ("the tensor", "张量"),
    "surprise.weights": ("an array meets weights", "数组遇到权重"),
    "surprise.float": ("a copy that nobody asked for", "没人要的复制"),
    "surprise.float_shared": ("the same line, without a copy", "同一行，却不复制"),
    "surprise.grad": ("a tensor that wants gradients", "需要梯度的张量"),
    "surprise.detach": ("detached, but still shared", "分离了，却仍共享"),
    "surprise.gpu": ("a tensor on a GPU", "GPU 上的张量"),
    "surprise.reversed": ("an array back to front", "倒序的数组"),
    "surprise.bfloat16": ("a kind that NumPy lacks", "NumPy 没有的类型"),
    "number.shares": ("memory shared", "共享内存"),
    "number.numpy_dtype": ("kind in NumPy", "NumPy 类型"),
    "number.torch_dtype": ("kind in PyTorch", "PyTorch 类型"),
    "a": ("a: array of NumPy", "a：NumPy 数组"),
    "t": ("t: tensor of PyTorch", "t：PyTorch 张量"),
    "memory_shared": ("One memory for both", "两者共用的内存"),
    "memory_a": ("Memory of the array", "数组的内存"),
    "memory_t": ("Memory of the tensor", "张量的内存"),
    "defaults": ("What kind of number comes out", "结果是哪种数"),
    "expression": ("expression", "表达式"),
    "kind": ("kind", "类型"),
    "both": (
        "One 0 was written, and array and tensor both show it.",
        "只写了一个 0，数组和张量都显示它。",
    ),
    "copy": (
        "Each has a memory of its own: the other one keeps its number.",
        "两者各有自己的内存：另一个的数不变。",
    ),
    "refused": ("This is refused:", "这一步被拒绝："),
    "why.from_numpy": (
        "from_numpy makes a tensor around the memory of the array: nothing is copied, and the kind of number stays.",
        "from_numpy 直接用数组的内存做张量：不复制，数的类型也不变。",
    ),
    "why.as_tensor": (
        "as_tensor shares whenever neither kind nor device has to change.",
        "只要类型和设备都不用变，as_tensor 就共享内存。",
    ),
    "why.torch_tensor": (
        "torch.tensor always copies, and it keeps the kind of an array, float64 too.",
        "torch.tensor 总是复制，并保留数组的类型，float64 也一样。",
    ),
    "why.float": (
        "Another kind of number needs other bytes, so the conversion copied.",
        "换一种数就要换字节，所以转换时复制了。",
    ),
    "why.float_shared": (
        "The array was float32 already, so there was nothing to convert: the memory is shared. Whether this line copies "
        "depends on its input.",
        "数组本来就是 float32，不需要转换，所以共享内存。这一行是否复制取决于输入。",
    ),
    "why.reversed": (
        "a[::-1] reads its memory with a negative stride, which PyTorch does not have. Take a[::-1].copy().",
        "a[::-1] 用负的步长读取内存，而 PyTorch 没有负步长。请用 a[::-1].copy()。",
    ),
    "why.weights": (
        "The weights of a layer are float32, and a product takes one kind only: convert the data once, with "
        ".float(), when it is loaded.",
        "层的权重是 float32，而乘法只接受同一种类型：在加载数据时用 .float() 转换一次。",
    ),
    "why.numpy": (
        ".numpy() gives an array around the memory of the tensor: nothing is copied.",
        ".numpy() 直接用张量的内存做数组：不复制。",
    ),
    "why.copy": (
        "copy() makes the array independent: later steps of training cannot change it.",
        "copy() 让数组独立：之后的训练不会改变它。",
    ),
    "why.detach": (
        "detach() stops gradients, and the memory stays shared: writing into the array changes a tensor that autograd "
        "watches, without its knowledge. The tensor itself may not be written.",
        "detach() 阻断梯度，但内存仍共享：写入数组会改变自动求导所跟踪的张量，而它并不知道。张量本身则不允许写入。",
    ),
    "why.grad": (
        "NumPy knows no gradients, so PyTorch wants you to say that they end here: t.detach().numpy(). Only kinds with "
        "fractions have gradients.",
        "NumPy 不懂梯度，所以 PyTorch 要你说明梯度到此为止：t.detach().numpy()。只有带小数的类型才有梯度。",
    ),
    "why.bfloat16": (
        "NumPy has no bfloat16. Convert first: t.float().numpy(), which copies.",
        "NumPy 没有 bfloat16。先转换：t.float().numpy()，这会复制。",
    ),
    "why.cpu": (
        "t is on the CPU already, so .cpu() gives t itself back and the memory is shared. From a GPU it would be a copy.",
        "t 已经在 CPU 上，.cpu() 直接返回 t 本身，内存共享。如果在 GPU 上，它就是一份复制。",
    ),
    "why.gpu": (
        "NumPy reads only the memory of the CPU. Copy the tensor there first: t.cpu().numpy(); with gradients "
        "t.detach().cpu().numpy().",
        "NumPy 只能读取 CPU 的内存。先把张量复制过去：t.cpu().numpy()；需要梯度时用 t.detach().cpu().numpy()。",
    ),
    "stand_in": (
        "No GPU is in use here, so the meta device stands in for one: its tensors have no numbers in the memory of the CPU "
        "either.",
        "这里没有使用 GPU，所以用 meta 设备代替：它的张量同样没有存在 CPU 内存里的数。",
    ),
}
HELP_ZH = {
    "way": "一个怎样由另一个得到",
    "dtype": "一开始是哪种数",
    "writes": "把哪一个的第一个数设为 0",
}
