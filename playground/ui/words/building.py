"""Words of blocks, sequences and losses that came after the first spine."""

CATALOGUE_ZH: dict[str, str] = {
    "Gives every sample (every step of a sequence) mean 0 and spread 1 over its own features, then scale and shift.": (
        "让每个样本（序列的每一步）在自身特征上均值为 0、标准差为 1，再缩放和平移。"
    ),
    "Gives every token a learned vector; padding keeps the vector 0.": "给每个词元一个可学习的向量；填充的向量始终为 0。",
    "Numbers that describe a token": "描述一个词元的数的个数",
    "Pool over time": "时间池化",
    "Makes one vector of a sequence: its last true step, its mean, or the largest value of each feature.": (
        "把序列变成一个向量：最后一个真实步、平均值，或每个特征的最大值。"
    ),
    "Embedding": "嵌入",
    "how": "方式",
    "Digits to give back": "手写数字（还原）",
    "The same 5,000 digits, each to be given back after passing through the network: for autoencoders.": (
        "同样的 5,000 个数字，网络须把每个数字还原出来：用于自编码器。"
    ),
    "Which steps count: the last one, or all of them": "哪些步起作用：最后一步，或全部",
    "last": "最后一步",
    "mean": "平均",
    "max": "最大",
    "Mean squared error": "均方误差",
    "The mean of the squared differences: large mistakes weigh most.": "差的平方的平均值：大的错误影响最大。",
    "Chain": "链",
    "Layers one after another, as one branch of a parallel block.": "依次相接的层，作为并联块的一个分支。",
    "The layers of the branch, in order": "分支中的层，按顺序",
    "Parallel": "并联",
    "Gives its input to every layer in it at once, then joins the results; a branch of several layers is a chain.": (
        "把输入同时交给块中的每一层，再合并结果；多层的分支用链表示。"
    ),
    "The branches; all get the same input": "各分支，输入相同",
    "concat": "拼接",
    "add": "相加",
    "concat: channels or features side by side; add: their sum": "concat：通道或特征并排；add：求和",
}
