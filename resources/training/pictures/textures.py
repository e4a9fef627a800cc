"""Textures that fill the picture: patterns that people make, and what nature makes."""

import math

import numpy as np

from .canvas import smooth


def _two(c, field, contrast=0.25):
    a, b = c.pair(contrast)
    return c.mix(a, b, np.clip(field, 0, 1).astype(np.float32))


def _wave(t, sharp):
    """A periodic field of period 1, from a sine to a square wave."""
    return np.clip(np.sin(2 * math.pi * t) * sharp * 0.5 + 0.5, 0, 1)


def _cell(t):
    """Distance from the middle of a unit cell, -0.5..0.5, and the cell's number."""
    n = np.floor(t)
    return t - n - 0.5, n.astype(np.int64)


def stripes(c):
    x, _ = c.plane(zoom=(2, 9))
    return _two(c, _wave(x, c.choice((1, 1.5, 4, 20))), 0.2)


def wavy_stripes(c):
    x, y = c.plane(zoom=(2.5, 7))
    sway = c.uniform(0.25, 0.6)
    return _two(c, _wave(x + sway * np.sin(y * c.uniform(1.2, 2.6)), c.choice((1, 2, 8))))


def zigzag(c):
    x, y = c.plane(zoom=(2, 6))
    teeth = np.abs(2 * (x * c.uniform(0.5, 1) % 1) - 1)
    return _two(c, _wave(y + teeth * c.uniform(0.7, 1.2), c.choice((3, 10))))


def checkerboard(c):
    x, y = c.plane(zoom=(1.5, 6), shift=1)
    soft = c.uniform(4, 20)
    field = np.sin(math.pi * x) * np.sin(math.pi * y)
    return _two(c, np.clip(field * soft + 0.5, 0, 1))


def polka_dots(c):
    x, y = c.plane(zoom=(1.5, 6), shift=1)
    if c.chance(0.5):
        x = x + 0.5 * (np.floor(y) % 2)
    dx, _ = _cell(x)
    dy, _ = _cell(y)
    return _two(c, smooth(c.uniform(0.2, 0.38) - np.hypot(dx, dy), 0.04))


def tartan(c):
    x, y = c.plane(turn=0.8, zoom=(0.8, 2.2), shift=2)
    base = c.colour()
    picture = np.broadcast_to(base, x.shape + (3,)).astype(np.float32)
    for _ in range(c.integer(2, 4)):
        colour = c.colour()
        at, width = c.uniform(0, 1), c.uniform(0.05, 0.25)
        for t in (x, y):
            band = smooth(width - np.abs((t + at) % 1 - 0.5), 0.02) * c.uniform(0.45, 0.7)
            picture = c.mix(picture, colour, band.astype(np.float32))
    return picture


def brick_wall(c):
    x, y = c.plane(turn=0.25, zoom=(1.5, 5), shift=2)
    dy, row = _cell(y * 1.6)
    dx, column = _cell(x * c.uniform(0.6, 0.9) + 0.5 * (row % 2))
    gap = c.uniform(0.03, 0.08)
    inside = smooth(0.5 - gap - np.abs(dx), 0.02) * smooth(0.5 - gap * 1.8 - np.abs(dy), 0.03)
    mortar, brick = c.pair(0.2)
    tone = np.sin(column * 12.9898 + row * 78.233) * 43758.5453
    bricks = brick * (0.85 + 0.3 * (tone - np.floor(tone)))[..., None]
    return c.mix(mortar, bricks.astype(np.float32), inside * (0.85 + 0.15 * c.noise(20, 2)))


def honeycomb(c):
    x, y = c.plane(zoom=(1.5, 5), shift=1)
    y = y / math.sqrt(3)
    ax, ay = x % 1 - 0.5, y % 1 - 0.5
    bx, by = (x + 0.5) % 1 - 0.5, (y + 0.5) % 1 - 0.5
    first = ax ** 2 + 3 * ay ** 2 < bx ** 2 + 3 * by ** 2
    hx = np.abs(np.where(first, ax, bx))
    hy = np.abs(np.where(first, ay, by)) * math.sqrt(3)
    edge = 0.5 - np.maximum(hx, 0.5 * hx + math.sqrt(3) / 2 * hy)
    return _two(c, smooth(edge - c.uniform(0.04, 0.09), 0.025))


def grid(c):
    x, y = c.plane(zoom=(1.5, 6), shift=1)
    dx, _ = _cell(x)
    dy, _ = _cell(y)
    width = c.uniform(0.04, 0.12)
    return _two(c, smooth(width - (0.5 - np.maximum(np.abs(dx), np.abs(dy))), 0.03))


def concentric_rings(c):
    x, y = c.plane(shift=0.4)
    radius = np.hypot(x, y * c.uniform(0.75, 1))
    return _two(c, _wave(radius * c.uniform(2.5, 8), c.choice((1, 3, 12))))


def sunburst(c):
    x, y = c.plane(shift=0.4)
    rays = c.integer(7, 22)
    return _two(c, _wave(np.arctan2(y, x) * rays / (2 * math.pi), c.choice((1.5, 5, 20))))


def spiral(c):
    x, y = c.plane(shift=0.3)
    radius = np.hypot(x, y)
    turns = c.choice((-2, -1, 1, 2)) * np.arctan2(y, x) / (2 * math.pi)
    return _two(c, _wave(radius * c.uniform(2, 6) + turns, c.choice((1.5, 4, 12))))


def fish_scales(c):
    x, y = c.plane(turn=0.5, zoom=(1.5, 4.5), shift=1)
    best = np.zeros_like(x)
    for lift in (1, 0):  # the lower row of scales lies over the upper one
        row = np.floor(y * 2) + lift
        dx, _ = _cell(x + 0.5 * (row % 2))
        radius = np.hypot(dx, y - row * 0.5) / 0.56
        best = np.where(radius < 1, radius, best) if lift == 1 else np.where(
            (radius < 1) & (best == 0), radius, best)
    return _two(c, best ** c.uniform(1.5, 4))


def herringbone(c):
    x, y = c.plane(zoom=(1.5, 3.5), shift=1)
    dx, column = _cell(x)
    slant = np.where(column % 2 == 0, dx, -dx)
    dy, _ = _cell(y * 2.2 + slant * 2.2)
    field = smooth(0.4 - np.abs(dy), 0.06) * smooth(0.46 - np.abs(dx), 0.03)
    return _two(c, field)


def basket_weave(c):
    x, y = c.plane(zoom=(1.2, 3.5), shift=1)
    dx, i = _cell(x)
    dy, j = _cell(y)
    over = (i + j) % 2 == 0
    along, across = np.where(over, dx, dy), np.where(over, dy, dx)
    strands = np.abs(np.sin(across * math.pi * c.integer(2, 4)))
    field = strands * (1 - 1.6 * along ** 2) * smooth(0.5 - np.abs(across), 0.03)
    return _two(c, field)


def triangle_tiling(c):
    x, y = c.plane(zoom=(1.2, 4), shift=1)
    v = y * 2 / math.sqrt(3)
    fu, u = _cell(x - v / 2)
    fv, w = _cell(v)
    upper = (fu + fv > 0).astype(np.int64)
    tone = np.sin(u * 127.1 + w * 311.7 + upper * 74.7) * 43758.5453
    tone = tone - np.floor(tone)
    return _two(c, 0.7 * upper + 0.3 * tone)


def argyle(c):
    x, y = c.plane(turn=0.3, zoom=(1.2, 3.5), shift=1)
    y = y * c.uniform(0.5, 0.7)
    du, i = _cell(x + y)
    dv, j = _cell(x - y)
    field = ((i + j) % 2).astype(np.float32) * 0.75
    line = smooth(0.05 - np.minimum(np.abs(du), np.abs(dv)), 0.02)
    picture = _two(c, field)
    return c.mix(picture, c.colour(), line.astype(np.float32))


def contour_lines(c):
    height = c.noise(c.uniform(1.5, 3.5), octaves=2)
    level, _ = _cell(height * c.uniform(6, 12))
    slope = np.hypot(*np.gradient(height)) * 9 + 0.02
    return _two(c, smooth(slope * c.uniform(0.8, 1.4) - np.abs(level), 0.04))


def clouds(c):
    sky = np.array([0.35, 0.55, 0.85], np.float32) * c.uniform(0.6, 1.1)
    cover = np.clip(c.noise(c.uniform(1.5, 4), 6) * 1.6 - c.uniform(0.2, 0.6), 0, 1)
    white = c.uniform(0.8, 1) * np.ones(3, np.float32)
    if c.chance(0.3):
        sky, white = c.colour(0.2, 0.5), c.colour(0.7, 1.0)
    return c.mix(sky, white, cover)


def marble(c):
    x, _ = c.plane(zoom=(1, 3))
    veins = 1 - np.abs(np.sin(math.pi * (x + c.uniform(1.5, 3) * c.noise(2.5, 5))))
    return _two(c, veins ** c.uniform(3, 7))


def wood_grain(c):
    x, y = c.plane(turn=math.pi, zoom=(1, 1), shift=0.6)
    warp = c.noise(2, 3)
    t = np.hypot(x * c.uniform(0.8, 1.3), y * 0.18) * c.uniform(7, 13) + warp * 2.2
    rings = (t % 1) ** 1.6
    fibre = c.noise(40, 1)
    dark = np.array([0.35, 0.2, 0.08], np.float32) * c.uniform(0.6, 1.4)
    light = np.array([0.8, 0.58, 0.33], np.float32) * c.uniform(0.8, 1.2)
    return c.mix(light, dark, np.clip(rings * 0.8 + 0.25 * fibre, 0, 1).astype(np.float32))


def _voronoi(c, cells):
    """Distances to the two nearest of random points, and which is the nearest."""
    x, y = c.plane(zoom=(cells / 2, cells / 2))
    n = int(cells * 1.5) + 3
    i, j = np.meshgrid(np.arange(-n, n), np.arange(-n, n))
    px = (i + c.rng.uniform(0, 0.9, i.shape)).astype(np.float32)
    py = (j + c.rng.uniform(0, 0.9, j.shape)).astype(np.float32)
    near = np.full(x.shape, 9, np.float32)
    second = np.full(x.shape, 9, np.float32)
    which = np.zeros(x.shape, np.int64)
    cx, cy = np.floor(x).astype(np.int64), np.floor(y).astype(np.int64)
    for di in (-1, 0, 1):
        for dj in (-1, 0, 1):
            a = np.clip(cx + di + n, 0, 2 * n - 1)
            b = np.clip(cy + dj + n, 0, 2 * n - 1)
            d = np.hypot(x - px[b, a], y - py[b, a])
            closer = d < near
            second = np.where(closer, near, np.minimum(second, d))
            which = np.where(closer, b * 2 * n + a, which)
            near = np.where(closer, d, near)
    return near, second, which


def stained_glass(c):
    near, second, which = _voronoi(c, c.uniform(3, 8))
    palette = np.stack([c.colour(0.15, 0.9) for _ in range(c.integer(4, 9))])
    lead = c.colour(0, 0.2) if c.chance(0.8) else c.colour(0.8, 1)
    glass = palette[(which * 2654435761 >> 7) % len(palette)]
    return c.mix(lead, glass, smooth(second - near - c.uniform(0.05, 0.12), 0.04))


def cracked_mud(c):
    near, second, _ = _voronoi(c, c.uniform(3, 8))
    crack, mud = c.colour(0, 0.25), c.colour(0.4, 0.85)
    ground = mud * (0.8 + 0.3 * c.noise(12, 3))[..., None]
    return c.mix(crack, ground.astype(np.float32), smooth(second - near - 0.06, 0.05))


def pebbles(c):
    near, second, which = _voronoi(c, c.uniform(4, 9))
    tone = 0.6 + 0.4 * ((which * 2654435761 >> 9) % 97) / 97
    dome = np.clip(1 - 1.2 * near ** 2, 0, 1) * smooth(second - near - 0.05, 0.1)
    return c.colour(0.5, 0.95) * (dome * tone)[..., None].astype(np.float32)


def static_noise(c):
    n = c.size // c.choice((1, 1, 2, 3))
    grain = c.rng.random((n, n, 3 if c.chance(0.5) else 1), np.float32)
    index = np.arange(c.size) * n // c.size
    grain = grain[index][:, index]
    return np.clip(grain * c.uniform(0.6, 1) * np.ones(3, np.float32), 0, 1)


def water_ripples(c):
    total = 0
    for _ in range(c.integer(2, 3)):
        x, y = c.plane(shift=0.9)
        total = total + np.sin(np.hypot(x, y) * c.uniform(18, 34))
    deep, light = c.colour(0.05, 0.4), c.colour(0.5, 1)
    return c.mix(deep, light, np.clip(total * 0.22 + 0.5, 0, 1).astype(np.float32))


def camouflage(c):
    picture = np.broadcast_to(c.colour(0.3, 0.7), (c.size, c.size, 3)).astype(np.float32)
    for _ in range(c.integer(2, 3)):
        patch = smooth(c.noise(c.uniform(2.5, 5), 2) - c.uniform(0.52, 0.62), 0.02)
        picture = c.mix(picture, c.colour(0.05, 0.8), patch)
    return picture


def _band_noise(c, cycles, narrow):
    """Noise whose waves all have about the same length."""
    f = np.fft.fftfreq(c.size) * c.size
    radius = np.hypot(f[:, None], f[None, :])
    phase = np.exp(2j * math.pi * c.rng.random((c.size, c.size)))
    field = np.fft.ifft2(np.exp(-((radius - cycles) / (cycles * narrow)) ** 2) * phase).real
    return (field / field.std()).astype(np.float32)


def zebra(c):
    return _two(c, _band_noise(c, c.uniform(5, 11), 0.12) * c.uniform(2, 5) + 0.5)


def leopard(c):
    field = _band_noise(c, c.uniform(5, 10), 0.3)
    spot = smooth(np.abs(field - 1.35) * -1 + 0.45, 0.1)
    coat = np.array([0.85, 0.62, 0.3], np.float32) * c.uniform(0.75, 1.15)
    if c.chance(0.3):
        coat = c.colour(0.45, 0.95)
    return c.mix(coat, c.colour(0, 0.2), spot)


def starry_sky(c):
    sky = c.colour(0, 0.12)[None, None] * (0.6 + 0.8 * c.noise(2, 4))[..., None]
    picture = sky.astype(np.float32)
    count = c.integer(40, 160)
    axis = np.arange(-3, 4)
    for _ in range(count):
        y, x = c.integer(3, c.size - 4), c.integer(3, c.size - 4)
        glow = np.exp(-(axis[:, None] ** 2 + axis[None] ** 2) / c.uniform(0.3, 2.2))
        light = np.clip(c.rng.uniform(0.7, 1.1, 3), 0, 1) * c.uniform(0.35, 1)
        picture[y - 3:y + 4, x - 3:x + 4] += (glow[..., None] * light).astype(np.float32)
    return np.clip(picture, 0, 1)


def flames(c):
    y = (np.arange(c.size, dtype=np.float32) / c.size)[:, None]
    tall = c.noise(c.uniform(3, 6), 4)
    rows = np.clip(np.arange(c.size) * c.uniform(0.35, 0.6), 0, c.size - 1).astype(int)
    heat = np.clip(tall[rows] * 0.9 + (y - c.uniform(0.4, 0.6)) * 1.9, 0, 1)
    red = np.clip(heat * 2.2, 0, 1)
    green = np.clip(heat * 2.2 - 0.7, 0, 1)
    blue = np.clip(heat * 2.6 - 1.9, 0, 1)
    return np.stack((red, green, blue), -1).astype(np.float32)


def bokeh(c):
    picture = np.broadcast_to(c.colour(0, 0.2), (c.size, c.size, 3)).astype(np.float32)
    radius = c.uniform(0.1, 0.2)
    for _ in range(c.integer(12, 30)):
        x, y = c.plane(shift=1)
        r = radius * c.uniform(0.7, 1.2)
        d = np.hypot(x, y)
        light = smooth(r - d, 0.02) * (0.35 + 0.3 * smooth(d - r * 0.8, 0.03))
        picture = picture + c.colour(0.4, 1) * (light * c.uniform(0.4, 1))[..., None]
    return np.clip(picture, 0, 1)


def grass(c):
    lines = []
    for _ in range(260):
        x, y = c.uniform(-1.1, 1.1), c.uniform(-0.8, 1.3)
        lean, tall = c.uniform(-0.25, 0.25), c.uniform(0.3, 0.7)
        lines.append([(x, y), (x + lean * 0.4, y - tall * 0.6), (x + lean, y - tall)])
    where = np.eye(2, dtype=np.float32), np.zeros(2, np.float32)
    third = len(lines) // 3
    green = np.array([0.2, 0.5, 0.1], np.float32) * c.uniform(0.7, 1.3)
    picture = np.broadcast_to(green * 0.35, (c.size, c.size, 3)).astype(np.float32)
    for i in range(3):
        mask = c.strokes(lines[i * third:(i + 1) * third], where, c.uniform(0.012, 0.025))
        blade = np.clip(green * (0.7 + 0.4 * i) + c.rng.uniform(-0.06, 0.06, 3), 0, 1)
        picture = c.mix(picture, blade.astype(np.float32), mask)
    return picture


FAMILY = {
    "stripes": stripes, "wavy stripes": wavy_stripes, "zigzag": zigzag,
    "checkerboard": checkerboard, "polka dots": polka_dots, "tartan": tartan,
    "brick wall": brick_wall, "honeycomb": honeycomb, "grid": grid,
    "concentric rings": concentric_rings, "sunburst": sunburst, "spiral": spiral,
    "fish scales": fish_scales, "herringbone": herringbone, "basket weave": basket_weave,
    "triangle tiling": triangle_tiling, "argyle": argyle, "contour lines": contour_lines,
    "clouds": clouds, "marble": marble, "wood grain": wood_grain,
    "stained glass": stained_glass, "cracked mud": cracked_mud, "pebbles": pebbles,
    "static noise": static_noise, "water ripples": water_ripples, "camouflage": camouflage,
    "zebra": zebra, "leopard": leopard, "starry sky": starry_sky, "flames": flames,
    "bokeh": bokeh, "grass": grass,
}
