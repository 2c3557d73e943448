"""What can be wrong with a formula that somebody types, and with the numbers that a lab is given."""

FAULTS_ZH = {
    "lab_failed": "这些设置没有答案：{detail}",
    "lab_numbers": "需要一个数、一个数的列表或列表的列表，总共最多 64 个数",
    "lab_class": "必须是 0 到 {limit} 的类别编号，但现在是 {given}",
    "lab_shape": "形状是 {given}，但这里需要 {wanted}",
    "formula_deep": "括号和符号嵌套超过 {limit} 层；请减少",
    "formula_empty": "请写一个公式，例如 w*x + b",
    "formula_ends": "在第 {column} 个字符处过早结束：缺少内容",
    "formula_function": "第 {column} 个字符处的“{given}”不是这里的函数；可用的有：{known}",
    "formula_large": "超过 {limit} 个部分；请缩短",
    "formula_long": "长 {given} 个字符；最多读取 {limit} 个",
    "formula_name": "第 {column} 个字符处的“{given}”不能作变量名；请换一个",
    "formula_names": "变量超过 {limit} 个；请减少",
    "formula_one_name": "有多个变量（{given}）；请只用一个",
    "formula_open": "有一个括号没有关闭；请补上“)”",
    "formula_sign": "第 {column} 个字符处的“{given}”在这里没有意义；请使用数、名称、+ - * / ** @ 或括号",
    "formula_torch": "{operator} 不能用于这些值；PyTorch 的说明：{detail}",
    "formula_unexpected": "第 {column} 个字符处不应有“{given}”；可能缺少运算符或括号",
    "formula_wide": "结果超过 {limit} 个数；请用更小的值",
}
