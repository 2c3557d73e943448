"""What stands beside every score: answers without a network, and a linear model."""

from ...catalogues.baselines import NAMES

_NAMES_ZH = {
    "majority": "总是回答“{answer}”",
    "mean": "总是回答平均值",
    "majority_and_mean": "总是回答“{answer}”和平均值",
    "of_token": "每个词元最常见的标签",
    "nearest_input": "直接比较输入，取最近的样本",
    "last": "沿用最后一个值",
    "season": "沿用上一周期的值",
    "season_change": "最后一个值加上一周期的变化",
    "linear": "线性模型",
}

TEXT: dict[str, tuple[str, str]] = {
    "baseline.without": ("Without a network: {list}", "不用网络：{list}"),
    "baseline.item": ("{what}: {scores}", "{what}：{scores}"),
    "baseline.accuracy": ("accuracy", "准确率"),
    "baseline.mae": ("mean absolute error", "平均绝对误差"),
    "baseline.fit": ("Compare with a linear model", "与线性模型比较"),
    "baseline.fitting": ("Fitting a linear model…", "正在拟合线性模型…"),
    "baseline.fitted": (
        "Linear model (scikit-learn): {scores}, fitted to {n} training samples with {features} numbers each.",
        "线性模型（scikit-learn）：{scores}；用 {n} 个训练样本拟合，每个样本 {features} 个数。",
    ),
    "baseline.fitted.some": (
        "Linear model (scikit-learn): {scores}, fitted to the first {n} of {of} training samples with {features} numbers each.",
        "线性模型（scikit-learn）：{scores}；用 {of} 个训练样本中的前 {n} 个拟合，每个样本 {features} 个数。",
    ),
    "baseline.unfinished": (
        "It was stopped before it was fully fitted; its scores may still be a little low.",
        "拟合在完成之前就停止了，指标可能略低。",
    ),
    "baseline.no_better": (
        "This network ({given}) is no better than {what} ({score}).",
        "这个网络（{given}）并不比“{what}”（{score}）好。",
    ),
    "baseline.luck": (
        "This network ({given}) is better, but with {n} validation samples that may be luck.",
        "这个网络（{given}）更好，但验证样本只有 {n} 个，这可能只是运气。",
    ),
    "baseline.better.one": (
        "This network ({given}) is better than that.",
        "这个网络（{given}）比它好。",
    ),
    "baseline.better": (
        "This network ({given}) is better than all of them.",
        "这个网络（{given}）比以上各项都好。",
    ),
}

for _name, _english in NAMES.items():
    TEXT[f"baseline.name.{_name}"] = (_english, _NAMES_ZH[_name])

FAULTS_ZH: dict[str, str] = {
    "no_linear_model": "这里不能使用线性模型：至少需要两个类别的样本，或要预测的数值",
    "linear_too_large": "含 {given:,} 个数、{classes:,} 个输出的线性模型在这里耗时过长",
}
