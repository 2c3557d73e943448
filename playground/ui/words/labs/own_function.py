"""Words of the lab about functions with a backward pass of one's own."""

TEXT = {
    "title": ("Your own function", "自定义函数"),
    "notice": (
        "forward computes and saves what backward needs; backward turns the gradient of the output into that of the "
        "input. gradcheck compares every entry with small steps to both sides, and names the one that fails.",
        "forward 计算结果并保存 backward 需要的值；backward 把输出的梯度变成输入的梯度。gradcheck 用向两侧的小步逐项比较，"
        "并指出不符的那一项。",
    ),
    "try": (
        "Type a backward pass that is wrong but still passes for x = 0. Which entry gives it away elsewhere?",
        "写一个错误的反向传播，但在 x = 0 处仍能通过检验。在别处，哪一项会暴露它？",
    ),
    "field.function": ("Function", "函数"),
    "field.backward": ("Backward pass", "反向传播"),
    "field.formula": ("Typed backward", "输入的反向传播"),
    "field.precision": ("Precision", "精度"),
    "field.exponent": ("Step, 10 to the", "步长，10 的幂"),
    "field.x": ("x", "x"),
    "field.b": ("b", "b"),
    "field.timed": ("Measure the speed", "测量速度"),
    "choice.sigmoid": ("sigmoid", "sigmoid"),
    "choice.bias_relu": ("bias and ReLU in one", "偏置与 ReLU 合一"),
    "choice.right": ("right", "正确"),
    "choice.forgets_grad": ("forgets the arriving gradient", "忘记传来的梯度"),
    "choice.wrong_value": ("uses the wrong value", "用错了值"),
    "choice.wrong_sign": ("has the wrong sign", "符号错误"),
    "choice.passes_through": ("passes the gradient through", "直接传递梯度"),
    "choice.wrong_shape": ("has the wrong shape", "形状错误"),
    "choice.unsaved": ("uses what was never saved", "使用没有保存的值"),
    "choice.typed": ("typed", "自己输入"),
    "choice.double": ("double", "双精度"),
    "choice.single": ("single", "单精度"),
    "surprise.forgets_grad": ("a gradient forgotten", "忘记梯度"),
    "surprise.unsaved": ("never saved", "没有保存"),
    "surprise.single": ("right, but in single precision", "正确，但用单精度"),
    "surprise.kink": ("right, but at a kink", "正确，但在折点"),
    "surprise.tiny_step": ("a step too small", "步长太小"),
    "surprise.speed": ("is it faster?", "更快吗？"),
    "passes": (
        "gradcheck passes: with a step of {eps} every entry of the Jacobian agrees.",
        "gradcheck 通过：步长为 {eps} 时，雅可比矩阵的每一项都相符。",
    ),
    "fails": (
        "gradcheck fails. Worst is the derivative of y{output} by {input}{place}: backward says {analytical}, the "
        "steps say {numerical}.",
        "gradcheck 不通过。最差的是 y{output} 对 {input}{place} 的导数：backward 给出 {analytical}，小步给出 {numerical}。",
    ),
    "refused": (
        "There is nothing to compare: the backward pass itself was refused.",
        "没有可比较的：反向传播本身就被拒绝了。",
    ),
    "by_backward": ("Jacobian by backward", "由 backward 得到的雅可比矩阵"),
    "by_steps": ("Jacobian by small steps", "由小步得到的雅可比矩阵"),
    "over_step": (
        "How far the two are apart: rounding on the left, the bend of the curve on the right",
        "两者相差多少：左边是舍入误差，右边是曲线的弯曲",
    ),
    "axis.step": ("step, as a power of ten", "步长（10 的幂）"),
    "axis.difference": ("difference, as a power of ten", "差（10 的幂）"),
    "step": ("step", "步长"),
    "operations": ("operations", "运算"),
    "milliseconds": ("milliseconds, forward and backward", "毫秒，前向加反向"),
    "speed": ("Measured just now, 128 × 512 numbers", "刚刚测得，128 × 512 个数"),
    "speed.own": ("your own function", "自定义函数"),
    "speed.torch": ("PyTorch's own operations", "PyTorch 自带的运算"),
}
HELP_ZH = {
    "function": "bias_relu：加偏置并把负值截为零，合为一个函数",
    "backward": "反向传播：正确的、六种错误之一，或自己输入的",
    "formula": "输入的反向传播；可用的名称：grad、x、y，bias_relu 还有 b、z、mask",
    "precision": "64 位或 32 位的数",
    "exponent": "gradcheck 的步长是 10 的这个次幂",
    "x": "输入：长度相同的若干行",
    "b": "偏置：每列一个数",
    "timed": "此时此地与 PyTorch 自带的运算比较速度",
}
