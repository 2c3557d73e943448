"""What the adviser says about the curves."""

TEXT: dict[str, tuple[str, str]] = {
    "advice.title": ("What the numbers say", "诊断"),
    "advice.help.one": ("based on the first measurement", "基于第一次测量"),
    "advice.help": (
        "based on the last fifth of the run ({n} measurements)",
        "基于训练最后五分之一（{n} 次测量）",
    ),
    "advice.vanishing": (
        "Vanishing gradient: the first layer's gradient ({first}: {a}) is {ratio}× smaller than the last layer's ({last}: {b}). The early layers hardly learn. Normalisation or skip connections help.",
        "梯度消失：第一层的梯度（{first}：{a}）只有最后一层（{last}：{b}）的 1/{ratio}，前面的层几乎学不到东西。可尝试归一化或跳跃连接。",
    ),
    "advice.exploding": (
        "Exploding gradient: the first layer's gradient ({first}: {a}) is {ratio}× larger than the last layer's ({last}: {b}). A lower learning rate, clipping or normalisation helps.",
        "梯度爆炸：第一层的梯度（{first}：{a}）是最后一层（{last}：{b}）的 {ratio} 倍。可降低学习率、裁剪梯度或加入归一化。",
    ),
    "advice.even": (
        "Gradients reach every layer: they lie between {low} ({first}) and {high} ({last}), a factor of {ratio}.",
        "梯度能传到每一层：介于 {low}（{first}）与 {high}（{last}）之间，相差 {ratio} 倍。",
    ),
    "advice.guessing": (
        "Validation accuracy {given}: not clearly better than guessing at random ({chance}).",
        "验证准确率 {given}：与随机猜测（{chance}）没有明显差别。",
    ),
    "advice.overfitting": (
        "Overfitting: {train} correct on training data but {validation} on validation data, a gap of {gap} percentage points, and the validation loss rose from {best} (epoch {epoch}) to {now}.",
        "过拟合：训练集正确率 {train}，验证集 {validation}，相差 {gap} 个百分点；验证损失从第 {epoch} 轮的 {best} 升至 {now}。",
    ),
    "advice.gap": (
        "No overfitting: {train} correct on training data, {validation} on validation data.",
        "没有过拟合：训练集正确率 {train}，验证集 {validation}。",
    ),
    "advice.large_updates": (
        "Large steps: one update changes {layer} by {ratio} of its size; about 0.001 is typical. Try a lower learning rate.",
        "步长过大：一次更新使 {layer} 的权重变动 {ratio}（相对大小），通常约为 0.001。可降低学习率。",
    ),
    "advice.small_updates": (
        "Tiny steps: one update changes {layer} by only {ratio} of its size; about 0.001 is typical.",
        "步长过小：一次更新只使 {layer} 的权重变动 {ratio}（相对大小），通常约为 0.001。",
    ),
    "advice.dead": (
        "{share} of the units after {layer} were zero for every sample that was tried: they are dead for now.",
        "{layer} 之后有 {share} 的单元对检查过的所有样本都输出零，目前处于失活状态。",
    ),
    "advice.dead_many": (
        "{n} layers have many units that were zero for every sample that was tried, most of them after {layer} ({share}): they are dead for now.",
        "有 {n} 层的许多单元对检查过的所有样本都输出零，最多的是 {layer} 之后（{share}），目前处于失活状态。",
    ),
    "advice.chart": ("Show the chart", "查看图表"),
}
