"""Words of the lab about what stops a gradient."""

TEXT = {
    "title": ("What stops a gradient", "什么会截断梯度"),
    "notice": (
        "A gradient comes back only along edges that autograd recorded. Detaching s cuts one of two paths to w: its "
        "gradient is still a number, but no longer the right one for y.",
        "梯度只沿 autograd 记录下来的边返回。把 s 分离（detach）会切断通向 w 的两条路径之一：w 仍有梯度，但已不是 y 的"
        "正确梯度。",
    ),
    "try": (
        "Which values may be changed in place after the forward pass without harm, and why just these?",
        "前向传播之后，哪些值可以原地修改而不出问题？为什么恰好是它们？",
    ),
    "field.stop": ("Stopped by", "截断方式"),
    "field.where": ("Stopped at", "截断位置"),
    "field.in_place": ("Changed in place", "原地修改"),
    "field.retain": ("retain_grad on p", "对 p 调用 retain_grad"),
    "field.passes": ("Passes", "传播次数"),
    "field.zero_grad": ("zero_grad before each", "每次之前 zero_grad"),
    "field.w": ("w", "w"),
    "field.x": ("x", "x"),
    "field.b": ("b", "b"),
    "field.step": ("Step", "步骤"),
    "choice.nothing": ("nothing", "不截断"),
    "choice.detach": ("detach()", "detach()"),
    "choice.no_grad": ("no_grad", "no_grad"),
    "choice.inference_mode": ("inference_mode", "inference_mode"),
    "choice.frozen": ("w is frozen", "冻结 w"),
    "choice.none": ("nothing", "不修改"),
    "choice.saved": ("s, which is needed again", "还要用到的 s"),
    "choice.unsaved": ("y, which nobody needs", "不再用到的 y"),
    "choice.leaf": ("w, a leaf", "叶子 w"),
    "choice.leaf_no_grad": ("w within no_grad", "在 no_grad 中修改 w"),
    "choice.data": ("s.data, unnoticed", "绕过检查的 s.data"),
    "choice.no": ("never", "不调用"),
    "choice.before": ("before backward", "反向传播之前"),
    "choice.after": ("after backward", "反向传播之后"),
    "surprise.everything": ("no_grad around the result", "结果在 no_grad 中"),
    "surprise.saved": ("a saved value changed", "修改了保存的值"),
    "surprise.silent": ("wrong without an error", "不报错的错误"),
    "surprise.unsaved": ("a harmless change", "无害的修改"),
    "surprise.leaf": ("a leaf changed", "修改叶子"),
    "surprise.inference": ("an inference tensor", "推理张量"),
    "surprise.late": ("retain_grad too late", "retain_grad 太晚"),
    "surprise.accumulate": ("three passes, never zeroed", "三次传播而不清零"),
    "number.value": ("y", "y"),
    "tensor": ("tensor", "张量"),
    "requires_grad": ("requires_grad", "requires_grad"),
    "grad_fn": ("grad_fn", "grad_fn"),
    "gradient": (".grad", ".grad"),
    "stop_nothing": (
        "Nothing is stopped: both paths from y to w are there, and their gradients add up to {w}.",
        "没有截断：从 y 到 w 的两条路径都在，梯度相加得 {w}。",
    ),
    "stop_detach": (
        "{at}.detach() is the same value without a history: what is behind it gets nothing along this path. "
        "w gets {w}, b gets {b}.",
        "{at}.detach() 的值相同，但没有历史：它后面的部分从这条路径得不到梯度。w 得到 {w}，b 得到 {b}。",
    ),
    "stop_no_grad": (
        "Within no_grad the operation of {at} was not recorded: no gradient passes it. w gets {w}, b gets {b}.",
        "在 no_grad 中，{at} 的运算没有被记录：梯度无法通过。w 得到 {w}，b 得到 {b}。",
    ),
    "stop_inference_mode": (
        "Within inference_mode the operation of {at} was not recorded, and its result may not be saved for a "
        "backward pass. Here nobody needed to save it. w gets {w}, b gets {b}.",
        "在 inference_mode 中，{at} 的运算没有被记录，其结果也不能为反向传播而保存。这里恰好没有谁需要保存它。"
        "w 得到 {w}，b 得到 {b}。",
    ),
    "stop_frozen": (
        "w asks for no gradient, so nothing is recorded for it: it stays {w} while b still gets {b}. "
        "This is how layers are frozen.",
        "w 不要求梯度，所以不为它记录任何东西：它的梯度是 {w}，而 b 仍得到 {b}。冻结网络层就是这样做的。",
    ),
    "in_place_saved": (
        "s was doubled in place, and no operation that is differentiated had saved it: the gradient of w is {w}, "
        "and without the change it would be {right}.",
        "s 被原地加倍，而没有任何要求导的运算保存过它：w 的梯度是 {w}，不修改时是 {right}。",
    ),
    "in_place_unsaved": (
        "y was doubled in place. An addition saves nothing, so this is allowed, and autograd counts the doubling as "
        "one more operation: the gradient of w is {w} instead of {right}.",
        "y 被原地加倍。加法不保存任何值，所以允许这样做，autograd 把加倍算作又一步运算：w 的梯度是 {w}，而不是 {right}。",
    ),
    "in_place_leaf": (
        "w asks for no gradient, so it may be changed in place: its gradient is {w}, as before ({right}).",
        "w 不要求梯度，所以可以原地修改：它的梯度是 {w}，与不修改时（{right}）相同。",
    ),
    "in_place_leaf_no_grad": (
        "Within no_grad a leaf may be changed in place: this is what an optimiser does. The product w·x saved x, not "
        "w, for the gradient of w; it is {w}, and without the change {right}.",
        "在 no_grad 中可以原地修改叶子：优化器就是这样做的。为了 w 的梯度，乘积 w·x 保存的是 x 而不是 w；梯度是 {w}，"
        "不修改时是 {right}。",
    ),
    "in_place_data": (
        "Through .data the change goes unnoticed: no error, but the gradient of w is {w}, and the right one is {right}. "
        "Use detach() or no_grad, which are checked.",
        "通过 .data 修改不会被发现：没有报错，但 w 的梯度是 {w}，正确的是 {right}。请用会被检查的 detach() 或 no_grad。",
    ),
    "retain_before": (
        "p is not a leaf, so its gradient would be dropped; retain_grad was called in time, and p.grad is {p}.",
        "p 不是叶子，它的梯度本来会被丢弃；retain_grad 调用得及时，p.grad 是 {p}。",
    ),
    "retain_after": (
        "retain_grad came after the backward pass: the gradient had gone by, and p.grad is {p}. Call it before.",
        "retain_grad 在反向传播之后才调用：梯度已经过去了，p.grad 是 {p}。要在之前调用。",
    ),
    "accumulated": (
        "{n} passes without zero_grad: each one added its gradient to what was there.",
        "{n} 次传播没有 zero_grad：每次都把梯度加到已有的上面。",
    ),
    "zeroed": (
        "{n} passes, each after zero_grad: the gradients are those of the last pass alone.",
        "{n} 次传播，每次之前都 zero_grad：梯度只来自最后一次。",
    ),
    "why_saved": (
        "For its gradient the backward pass needs a value as it was in the forward pass. Each tensor counts its "
        "changes; the count no longer fits, so PyTorch refuses rather than compute a wrong gradient.",
        "反向传播需要某个值在前向传播时的样子。每个张量都记录自己被修改的次数；次数对不上，所以 PyTorch 拒绝计算，"
        "以免得到错误的梯度。",
    ),
    "why_leaf": (
        "A leaf that wants a gradient may not be changed in place while operations are recorded: its gradient would "
        "belong to a value that is gone. Optimisers do it within no_grad.",
        "在记录运算时，不能原地修改要求梯度的叶子：它的梯度会属于一个已不存在的值。优化器在 no_grad 中修改它。",
    ),
    "why_inference": (
        "A result of inference_mode keeps no count of its changes, so no later operation may save it for a backward "
        "pass. Use no_grad where the value goes on into training.",
        "inference_mode 的结果不记录修改次数，所以之后的运算不能为反向传播保存它。如果这个值还要用于训练，请用 no_grad。",
    ),
    "why_no_graph": (
        "Nothing was recorded for y, so there is no way back: backward has nothing to follow.",
        "没有为 y 记录任何运算，所以没有返回的路：backward 无路可走。",
    ),
    "why_no_retain": (
        "p asks for no gradient, so there will be none to retain.",
        "p 不要求梯度，所以没有梯度可以保留。",
    ),
    "why_other": ("PyTorch refuses:", "PyTorch 拒绝执行："),
}
HELP_ZH = {
    "stop": "什么截断梯度；frozen：w 本身不需要梯度",
    "where": "在哪个值处截断",
    "in_place": "反向传播之前被原地加倍的值",
    "retain": "何时对 p 调用 retain_grad：反向传播之前或之后",
    "passes": "前向和反向传播的次数",
    "zero_grad": "每次传播之前清零梯度",
    "w": "权重：要求梯度的叶子",
    "x": "输入：不需要梯度",
    "b": "偏置：要求梯度的叶子",
    "step": "计算进行到哪一步；-1：到最后",
}
