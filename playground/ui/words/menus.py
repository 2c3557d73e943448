"""Headings of the menus."""

TEXT: dict[str, tuple[str, str]] = {
    "group.dense": ("Dense", "全连接"),
    "group.convolution": ("Convolution", "卷积"),
    "group.normalisation": ("Normalisation", "归一化"),
    "group.activation": ("Activation", "激活函数"),
    "group.pooling": ("Pooling", "池化"),
    "group.regularisation": ("Regularisation", "正则化"),
    "group.shape": ("Shape", "形状"),
    "group.sequence": ("Sequences", "序列"),
    "group.tables": ("Tables", "表格"),
    "group.texts": ("Text", "文本"),
    "group.series": ("Time series", "时间序列"),
    "group.own": ("Your own data", "自己的数据"),
    "group.block": ("Blocks", "块"),
    "group.images": ("Images", "图像"),
    "group.points": ("Points in the plane", "平面上的点"),
}
