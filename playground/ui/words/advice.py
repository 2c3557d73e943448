"""What the adviser says about the curves."""

TEXT: dict[str, tuple[str, str]] = {
    "advice.title": ("What the numbers say", "数字说明了什么"),
    "advice.help": ("read from the last {n} measurements", "取自最近 {n} 次测量"),
    "advice.vanishing": (
        "Vanishing gradient: the first layer's ({first}: {a}) is {ratio}× smaller than the last's ({last}: {b})."
        " The early layers hardly learn. Normalisation or skip connections help.",
        "梯度消失：第一层（{first}：{a}）比最后一层（{last}：{b}）小 {ratio} 倍，前面的层几乎学不到东西。归一化或跳跃连接会有帮助。",
    ),
    "advice.exploding": (
        "Exploding gradient: the first layer's ({first}: {a}) is {ratio}× larger than the last's ({last}: {b})."
        " A lower learning rate, clipping or normalisation helps.",
        "梯度爆炸：第一层（{first}：{a}）比最后一层（{last}：{b}）大 {ratio} 倍。降低学习率、梯度裁剪或归一化会有帮助。",
    ),
    "advice.even": (
        "Gradients reach every layer: between {low} ({first}) and {high} ({last}), a factor of {ratio}.",
        "梯度传到了每一层：在 {low}（{first}）与 {high}（{last}）之间，相差 {ratio} 倍。",
    ),
    "advice.overfitting": (
        "Overfitting: {train} right on training data, {validation} on validation, a gap of {gap} points,"
        " and the validation loss rose from {best} (epoch {epoch}) to {now}.",
        "过拟合：训练集上 {train} 正确，验证集上 {validation}，相差 {gap} 个百分点；验证损失从第 {epoch} 轮的 {best} 升到 {now}。",
    ),
    "advice.gap": (
        "Validation keeps up: {train} right on training data, {validation} on validation.",
        "验证跟得上：训练集上 {train} 正确，验证集上 {validation}。",
    ),
    "advice.large_updates": (
        "Large steps: one update moves {layer} by {ratio} of its size; about 0.001 is usual."
        " A lower learning rate is calmer.",
        "步子太大：一次更新使 {layer} 变动了自身的 {ratio}，通常约为 0.001。降低学习率会更平稳。",
    ),
    "advice.small_updates": (
        "Tiny steps: one update moves {layer} by only {ratio} of its size; about 0.001 is usual.",
        "步子太小：一次更新只使 {layer} 变动了自身的 {ratio}，通常约为 0.001。",
    ),
    "advice.dead": (
        "{share} of the units after {layer} are zero on all the data asked: they are dead for now.",
        "{layer} 之后有 {share} 的单元对所有被询问的数据都为零：它们目前已失效。",
    ),
    "advice.chart": ("See the chart", "查看图表"),
}
