"""Words of the lab about views and copies."""

TEXT = {
    "title": ("Views and copies", "视图与副本"),
    "notice": (
        "Two tensors may read the same memory: then writing into one changes what the other shows. A view always shares, "
        "a clone never does, and a reshape shares whenever it can.",
        "两个张量可以读取同一块内存：写其中一个，另一个也会变。视图总是共享，克隆从不共享，reshape 能共享时就共享。",
    ),
    "try": (
        "Both a.reshape(-1) and a.mT.reshape(-1) work. After a write into a, which of the two has changed?",
        "a.reshape(-1) 和 a.mT.reshape(-1) 都能运行。写入 a 之后，哪一个变了？",
    ),
    "field.shape": ("Shape of a", "a 的形状"),
    "field.index": ("Element that is written", "写入的元素"),
    "field.operation": ("b is", "b 是"),
    "choice.same": ("b = a", "b = a"),
    "choice.view": ("a.view(-1)", "a.view(-1)"),
    "choice.slice": ("a[:2]", "a[:2]"),
    "choice.transpose": ("a.transpose(-2, -1)", "a.transpose(-2, -1)"),
    "choice.reshape": ("a.reshape(-1)", "a.reshape(-1)"),
    "choice.detach": ("a.detach()", "a.detach()"),
    "choice.contiguous": ("a.contiguous()", "a.contiguous()"),
    "choice.iadd": ("b = a; b += 1", "b = a; b += 1"),
    "choice.clone": ("a.clone()", "a.clone()"),
    "choice.add": ("a + 1", "a + 1"),
    "choice.pick": ("a[[0]]", "a[[0]]"),
    "choice.t_contiguous": ("a.mT.contiguous()", "a.mT.contiguous()"),
    "choice.t_reshape": ("a.mT.reshape(-1)", "a.mT.reshape(-1)"),
    "choice.t_view": ("a.mT.view(-1)", "a.mT.view(-1)"),
    "surprise.refused": ("a view that is refused", "被拒绝的视图"),
    "surprise.reshape": ("a reshape that copies", "会复制的 reshape"),
    "surprise.in_place": ("b += 1 changes a", "b += 1 也改了 a"),
    "surprise.unseen": ("shared, and yet unchanged", "共享却没有变"),
    "surprise.brackets": ("a[[0]] is no a[0]", "a[[0]] 不是 a[0]"),
    "surprise.contiguous": ("contiguous() without a copy", "不复制的 contiguous()"),
    "surprise.column": ("one column, transposed", "一列的转置"),
    "number.shares": ("memory shared", "共享内存"),
    "number.changed": ("b changed", "b 变了"),
    "a": ("a, after the write", "a，写入之后"),
    "b": ("b, after the write into a", "b，写入 a 之后"),
    "turned": ("a.mT: a, transposed", "a.mT：转置后的 a"),
    "storage_shared": (
        "The one storage of both, with what b reads",
        "两者共用的存储，标出 b 读取的部分",
    ),
    "storage_a": ("Storage of a", "a 的存储"),
    "storage_b": ("Storage of b", "b 的存储"),
    "overview": ("The same write, every operation", "同样的写入，各种操作"),
    "operation": ("operation", "操作"),
    "shares": ("shares memory", "共享内存"),
    "changed": ("b changed", "b 变了"),
    "both": ("One box was written, and both tensors show it.", "只写了一个盒子，两个张量都变了。"),
    "unseen": (
        "a and b share their storage, but the box that was written is none of those that b reads.",
        "a 和 b 共享存储，但写入的盒子不在 b 读取的范围内。",
    ),
    "copy": (
        "b has a storage of its own, so it stays as it was.",
        "b 有自己的存储，所以保持不变。",
    ),
    "refused": ("There is no b. PyTorch says:", "没有得到 b。PyTorch 的说明："),
    "why.same": (
        "An assignment copies nothing: a and b are two names of one tensor.",
        "赋值不复制任何东西：a 和 b 是同一个张量的两个名字。",
    ),
    "why.view": (
        "view never copies. It gives the same boxes another shape, or it is refused.",
        "view 从不复制：它给同样的盒子另一个形状，否则就被拒绝。",
    ),
    "why.slice": (
        "A slice reads part of the boxes, from an offset and with strides.",
        "切片从某个偏移开始，按步长读取一部分盒子。",
    ),
    "why.transpose": (
        "A transpose swaps two strides; no number moves.",
        "转置只交换两个步长，数没有移动。",
    ),
    "why.reshape": (
        "a is contiguous, so this reshape is a view. Do not rely on it: on another tensor it is a copy.",
        "a 是连续的，所以这次 reshape 是视图。但不要依赖这一点：换一个张量它可能就是副本。",
    ),
    "why.detach": (
        "detach stops gradients, not writes: it shares the memory.",
        "detach 阻断的是梯度，不是写入：它共享内存。",
    ),
    "why.contiguous": (
        "a is contiguous already, so contiguous() gives a itself back; no copy was made.",
        "a 已经是连续的，contiguous() 直接返回 a 本身，没有复制。",
    ),
    "why.iadd": (
        "+= writes into the memory of b, which is that of a: every number of a became 1 larger.",
        "+= 写进 b 的内存，也就是 a 的内存：a 的每个数都加了 1。",
    ),
    "why.clone": ("clone always copies every number.", "clone 总是复制所有的数。"),
    "why.add": (
        "a + 1 makes a new tensor for its result, unlike +=.",
        "a + 1 为结果新建一个张量，与 += 不同。",
    ),
    "why.pick": (
        "A list of indices copies, even where a slice with the same numbers would share.",
        "用列表作下标会复制，即使取同样数的切片会共享。",
    ),
    "why.t_contiguous": (
        "Transposed, the numbers are out of order; contiguous() copies them into order.",
        "转置后数的顺序乱了；contiguous() 把它们按顺序复制一份。",
    ),
    "why.t_contiguous_shared": (
        "With an axis of size 1 the transpose is still in order: contiguous() had nothing to copy.",
        "有一个轴大小为 1，转置后顺序没乱：contiguous() 不需要复制。",
    ),
    "why.t_reshape": (
        "No strides read a transposed tensor as one row, so this reshape copied, without a word.",
        "没有步长能把转置后的张量读成一行，所以这次 reshape 悄悄地复制了。",
    ),
    "why.t_reshape_shared": (
        "With an axis of size 1 the transpose is still in order, so this reshape is a view.",
        "有一个轴大小为 1，转置后顺序没乱，所以这次 reshape 是视图。",
    ),
    "why.t_view": (
        "As one row, the transposed numbers would need a stride that changes on the way. Copy them first, by reshape(-1) "
        "or contiguous().view(-1).",
        "要排成一行，转置后的数需要中途改变的步长。先复制：用 reshape(-1) 或 contiguous().view(-1)。",
    ),
    "why.t_view_shared": (
        "With an axis of size 1 the transpose is still in order, so that even view works.",
        "有一个轴大小为 1，转置后顺序没乱，所以 view 也能用。",
    ),
}
HELP_ZH = {
    "shape": "a 的形状；[] 是标量",
    "index": "a 中要写入的元素；[] 是第一个",
    "operation": "b 怎样由 a 得到",
}
