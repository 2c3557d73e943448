"""Words of the challenges' faults; those of their page travel with the challenges."""

FAULTS_ZH = {
    "challenge_baseline": "这些数据上没有“{given}”的 {metric} 可供比较；可用：{known}",
    "challenge_changed": "此链接在生成之后被改动过，或来自其他版本：各部分不再相符；请重新获取链接",
    "challenge_data": "此挑战用的是其他数据：这里应为 {wanted}，而不是 {given}",
    "challenge_epochs": "{given} 轮太多；此挑战至多允许 {limit} 轮",
    "challenge_hidden_layers": "{given} 个隐藏层太多；此挑战至多允许 {limit} 个",
    "challenge_layers": "此挑战不允许使用“{given}”；允许：{known}",
    "challenge_metric": "这些数据上不测量“{given}”；可用：{known}",
    "challenge_no_words": "需要英文、中文或两者的文字",
    "challenge_not_done": "该训练尚未结束，请等待",
    "challenge_only": "此挑战中不能更改；只能更改：{known}",
    "challenge_other": "这是另一个挑战（{given}，而不是 {wanted}）：数据、限制或目标不同",
    "challenge_own_file": "挑战需要人人都有的数据；请选择自带的数据集",
    "challenge_parameters": "网络有 {given} 个参数；此挑战至多允许 {limit} 个：请缩小某一层",
    "challenge_seconds": "训练约需 {given} 秒；此挑战至多允许 {limit} 秒：请减少轮数或缩小网络",
    "challenge_target": "at_least、at_most 和 better_than 中须恰好给出一个（校准误差没有 better_than）",
    "challenge_touched": "此训练不算数：它从载入的权重开始，或在训练中被更改；请从头重新训练",
    "challenge_tries": "提交了 {given} 次训练；此挑战接受 1 到 {limit} 次",
}
