"""The pictures of a ZIP with a folder for every class -> arrays. The exported script carries these functions."""

import numpy as np

MOST_SCANS = 100  # of one JPEG


def image_folders(names):
    """Which entries of a ZIP are pictures, and of which class: the first folder that they do not all have in common.

    Folders called train, test_set and the like only hold the folders of the classes. In: names with “/”, or with “\\”
    where no “/” stands. Out: (name, class) in order of the names; class "" for a picture that lies in no folder.
    """
    halves = "train training trainset trainingset test testing testset val valid validation valset dev eval"
    halves_zh = "训练集 测试集 验证集"
    kinds = (".png", ".jpg", ".jpeg", ".jfif", ".webp", ".bmp", ".gif")
    hidden = (".", "__MACOSX")  # what macOS and file managers add
    # Windows PowerShell wrote backslashes between folders.
    slash = "/" if any("/" in name for name in names) else "\\"
    pictures = []
    for name in names:
        is_picture = name.lower().endswith(kinds)
        is_hidden = any(part.startswith(hidden) for part in name.split(slash))
        if is_picture and not is_hidden:
            pictures.append(name)

    def is_half(folder):
        letters = "".join(letter for letter in folder.lower() if letter.isalpha())
        return letters in f"{halves} {halves_zh}".split()

    folders = [name.split(slash)[:-1] for name in pictures]
    # Outer folders are taken off as long as they tell nothing about the class.
    while folders and all(folders):
        outer = {folder[0] for folder in folders}
        has_deeper = all(len(folder) > 1 for folder in folders)
        are_halves = all(is_half(name) for name in outer)
        tells_nothing = len(outer) == 1 or are_halves
        if not (has_deeper and tells_nothing):
            break
        folders = [folder[1:] for folder in folders]

    with_class = []
    for name, folder in zip(pictures, folders, strict=True):
        label = folder[0] if folder else ""
        with_class.append((name, label))
    return sorted(with_class)


def has_too_many_scans(data: bytes) -> bool:
    """Whether a JPEG is drawn over and over: a tenth of a megabyte can keep a decoder busy for minutes.

    A scan begins with FF DA; inside its data FF is always followed by 00 or a restart marker. Cameras write 1 to 12.
    """
    is_jpeg = data.startswith(b"\xff\xd8")
    n_scans = data.count(b"\xff\xda")
    return is_jpeg and n_scans > MOST_SCANS


def small_picture(data, size, colour):
    """A picture as uint8 (1 or 3, size, size): turned as its camera says, its middle square, transparent is black."""
    import io

    from PIL import Image, ImageOps

    with Image.open(io.BytesIO(data)) as opened:
        if opened.width * opened.height > 8_000_000:
            opened.draft(None, (4 * size, 4 * size))  # a JPEG is made smaller while it is decoded
        picture = ImageOps.exif_transpose(opened)
        has_sixteen_bits = picture.mode.startswith("I;16") or picture.mode in ("I", "F")
        if has_sixteen_bits:
            # 65535 / 257 = 255: sixteen bits become eight.
            grey = np.asarray(picture, np.float64) / 257
            eight_bits = grey.clip(0, 255).astype(np.uint8)
            picture = Image.fromarray(eight_bits)
        is_transparent = "A" in picture.mode or "transparency" in picture.info
        if is_transparent:
            picture = picture.convert("RGBA")
            black = Image.new("RGBA", picture.size, (0, 0, 0, 255))
            picture = Image.alpha_composite(black, picture)
        picture = picture.convert("RGB" if colour else "L")
        if picture.size != (size, size):
            picture = ImageOps.fit(picture, (size, size), Image.Resampling.BOX)
        pixels = np.asarray(picture)
    # Channels first: Pillow has them last in colour, and has none in grey.
    return pixels.transpose(2, 0, 1) if colour else pixels[None]


def load_images(file, size, colour):
    """The pictures of a ZIP with a folder for every class, in order of class and name.

    In: path or file; pixels; whether in colour. Out: x float32 (N, 1 or 3, size, size), 0…1; y int64 (N,).
    """
    import zipfile

    pictures = []
    labels = []
    with zipfile.ZipFile(file) as archive:
        for name, label in image_folders(archive.namelist()):
            data = archive.read(name)
            pictures.append(small_picture(data, size, colour))
            labels.append(label)
    classes = sorted(set(labels))
    y = [classes.index(label) for label in labels]
    x = np.stack(pictures).astype(np.float32)
    x = x / np.float32(255)
    return x, np.array(y, dtype=np.int64)
