"""The report and the embedding."""

TEXT: dict[str, tuple[str, str]] = {
    "report.title": ("Report", "报告"),
    "report.help": (
        "after epoch {epoch}, over all {n} validation samples",
        "第 {epoch} 轮之后，全部 {n} 个验证样本",
    ),
    "report.help.some": (
        "after epoch {epoch}, over {n} of {of} validation samples",
        "第 {epoch} 轮之后，{of} 个验证样本中的 {n} 个",
    ),
    "report.idle": ("The scores appear after the first epoch.", "第一轮结束后显示各项指标。"),
    "report.coming": ("The scores are being calculated.", "正在计算各项指标。"),
    "report.none": (
        "There are no scores: the run ended before its first epoch was over.",
        "没有指标：训练在第一轮结束之前就停止了。",
    ),
    "report.was": ("before: {value}", "上次：{value}"),
    "report.compared": (
        "“before” is the previous run: {name}, after epoch {epoch}",
        "“上次”指上一次训练：{name}，第 {epoch} 轮之后",
    ),
    "report.accuracy": ("accuracy", "准确率"),
    "report.top3": ("correct class in the top 3", "前三名包含正确类别"),
    "report.balanced_accuracy": (
        "balanced accuracy (mean recall)",
        "平衡准确率（各类召回率的平均）",
    ),
    "report.macro_f1": ("macro F1", "宏平均 F1"),
    "report.auc": ("AUC, each class against the rest", "AUC（一对其余）"),
    "report.mae": ("mean absolute error", "平均绝对误差"),
    "report.rmse": ("root mean squared error", "均方根误差"),
    "report.true": ("true ↓ predicted →", "真实 ↓ 预测 →"),
    "report.recall": ("recall", "召回率"),
    "report.confusion": ("Confusion matrix", "混淆矩阵"),
    "report.mistakes": ("Most frequent mistakes", "最常见的错误"),
    "report.mistakes.none": ("No mistakes", "没有错误"),
    "report.cell": (
        "{count} of {of} “{label}” were classified as “{answer}”",
        "{of} 个“{label}”中有 {count} 个被判为“{answer}”",
    ),
    "places.title": ("Embedding", "嵌入"),
    "places.help": (
        "where the network places each validation sample; similar ones should lie close together",
        "网络为每个验证样本给出的位置，相似的应当聚在一起",
    ),
    "places.idle": (
        "Press Train to see where the samples go.",
        "点击“训练”，样本的位置会显示在这里。",
    ),
    "places.n": ("{n} of {of} samples", "{of} 个样本中的 {n} 个"),
    "places.projected": (
        "{n} dimensions, shown from the direction with the most variance ({share})",
        "{n} 维，按方差最大的方向投影（占 {share}）",
    ),
}
