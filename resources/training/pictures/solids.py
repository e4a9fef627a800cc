"""Solids: meshes turned in space, lit from one side, drawn from back to front."""

import math

import numpy as np


def _rotation(c):
    q = c.rng.standard_normal(4)
    w, x, y, z = q / np.linalg.norm(q)
    return np.array([[1 - 2 * (y * y + z * z), 2 * (x * y - z * w), 2 * (x * z + y * w)],
                     [2 * (x * y + z * w), 1 - 2 * (x * x + z * z), 2 * (y * z - x * w)],
                     [2 * (x * z - y * w), 2 * (y * z + x * w), 1 - 2 * (x * x + y * y)]])


def _tilted(c, most=0.9):
    """Seen from a little above and from some side, as things on a table are."""
    a, b, r = c.uniform(0, 2 * math.pi), c.uniform(0.25, most), c.uniform(-0.3, 0.3)
    ca, sa, cb, sb, cr, sr = (math.cos(a), math.sin(a), math.cos(b), math.sin(b),
                              math.cos(r), math.sin(r))
    turn = np.array([[ca, 0, sa], [0, 1, 0], [-sa, 0, ca]])
    tilt = np.array([[1, 0, 0], [0, cb, -sb], [0, sb, cb]])
    roll = np.array([[cr, -sr, 0], [sr, cr, 0], [0, 0, 1]])
    return roll @ tilt @ turn


def _patch(surface, nu, nv):
    """Quads of a parametric surface; u and v run over 0..1."""
    u, v = np.meshgrid(np.linspace(0, 1, nu + 1), np.linspace(0, 1, nv + 1), indexing="ij")
    p = np.stack(surface(u, v), -1)
    return list(np.stack((p[:-1, :-1], p[1:, :-1], p[1:, 1:], p[:-1, 1:]), 2).reshape(-1, 4, 3))


def _circle(n, radius, y):
    t = np.linspace(0, 2 * math.pi, n, endpoint=False)
    return np.stack((radius * np.cos(t), np.full(n, y), radius * np.sin(t)), -1)


def _prism(n, radius, height):
    low, high = _circle(n, radius, height), _circle(n, radius, -height)
    sides = [np.stack((low[i], low[(i + 1) % n], high[(i + 1) % n], high[i])) for i in range(n)]
    return sides + [low, high[::-1]]


def _hull(points, faces):
    return [np.array([points[i] for i in face], float) for face in faces]


def _box(sx, sy, sz, at=(0, 0, 0)):
    p = [(x * sx + at[0], y * sy + at[1], z * sz + at[2])
         for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)]
    return _hull(p, ((0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4),
                     (1, 5, 7, 3)))


def _sphere(c):
    return _patch(lambda u, v: (np.sin(math.pi * u) * np.cos(2 * math.pi * v),
                                np.cos(math.pi * u),
                                np.sin(math.pi * u) * np.sin(2 * math.pi * v)), 14, 24)


def _torus(c):
    r = c.uniform(0.24, 0.42)
    return _patch(lambda u, v: ((1 - r + r * np.cos(2 * math.pi * v)) * np.cos(2 * math.pi * u),
                                r * np.sin(2 * math.pi * v),
                                (1 - r + r * np.cos(2 * math.pi * v)) * np.sin(2 * math.pi * u)),
                  30, 12)


def _spring(c):
    turns, r = c.uniform(3, 5), c.uniform(0.08, 0.12)

    def surface(u, v):
        t, s = 2 * math.pi * turns * u, 2 * math.pi * v
        ring = 0.5 + r * np.cos(s)
        return ring * np.cos(t), 1.8 * u - 0.9 + r * np.sin(s), ring * np.sin(t)

    return _patch(surface, 80, 6)


def _cylinder(c):
    return _prism(40, c.uniform(0.5, 0.65), c.uniform(0.6, 0.85))


def _cone(c):
    n, r = 40, c.uniform(0.55, 0.8)
    base = _circle(n, r, 0.75)
    top = np.array([0, -0.9, 0])
    return [np.stack((base[i], base[(i + 1) % n], top)) for i in range(n)] + [base]


def _pyramid(c):
    base = _circle(4, 0.95, 0.55)
    top = np.array([0, -c.uniform(0.6, 0.9), 0])
    return [np.stack((base[i], base[(i + 1) % 4], top)) for i in range(4)] + [base]


def _octahedron(c):
    axes = np.concatenate((np.eye(3), -np.eye(3)))
    return [np.stack((axes[0 if x else 3], axes[1 if y else 4], axes[2 if z else 5]))
            for x in (0, 1) for y in (0, 1) for z in (0, 1)]


def _dodecahedron(c):
    g = (1 + math.sqrt(5)) / 2
    points = [(x, y, z) for x in (-1, 1) for y in (-1, 1) for z in (-1, 1)]
    points += [p for a in (-1, 1) for b in (-1, 1) for p in (
        (0, a / g, b * g), (a / g, b * g, 0), (a * g, 0, b / g))]
    points = np.array(points) / math.sqrt(3)
    faces = []
    for normal in [n for a in (-1, 1) for b in (-1, 1) for n in (
            (0, a * g, b), (a * g, b, 0), (a, 0, b * g))]:
        normal = np.array(normal) / np.linalg.norm(normal)
        face = points[np.argsort(points @ normal)[-5:]]
        side = np.cross(normal, face[0] - normal * (face[0] @ normal))
        first = face[0] - normal * (face[0] @ normal)
        faces.append(face[np.argsort(np.arctan2(face @ side, face @ first))])
    return faces


def _stairs(c):
    n = c.integer(3, 5)
    faces = []
    for i in range(n):
        h = (i + 1) / n
        faces += _box(1 / n * 0.75, 0.7 * h, 0.6, ((2 * i + 1) / n * 0.75 - 0.75, 0.7 - 0.7 * h, 0))
    return faces


def _capsule(c):
    r, h = c.uniform(0.35, 0.45), c.uniform(0.4, 0.55)

    def surface(u, v):
        polar = math.pi * u
        side = np.where(u < 0.5, h, -h)
        return (r * np.sin(polar) * np.cos(2 * math.pi * v), r * np.cos(polar) + side,
                r * np.sin(polar) * np.sin(2 * math.pi * v))

    return _patch(surface, 15, 20)


def _lit(make, pose=_rotation, scale=(0.5, 0.85)):
    def draw(c):
        faces = make(c)
        turn = pose(c)
        size = c.uniform(*scale)
        room = (1 - size) * 0.7
        at = np.array([c.uniform(-room, room), c.uniform(-room, room)])
        near = c.uniform(0.12, 0.25)
        light = np.array([c.uniform(-1, 1), c.uniform(-1, -0.2), c.uniform(0.3, 1)])
        light = light / np.linalg.norm(light)
        front, back = c.pair(0.25)
        front = np.clip(front + 0.15, 0, 1)
        ambient, shine = c.uniform(0.2, 0.4), c.uniform(0, 0.5)
        picture = c.background(back)
        shaded = []
        for face in faces:
            p = face @ turn.T
            a, b = p[1] - p[0], p[2] - p[1]
            normal = np.cross(a, b)
            if np.dot(normal, normal) < 1e-12:
                normal = np.cross(b, p[-1] - p[2])
            normal = normal / (np.linalg.norm(normal) + 1e-9)
            if normal[2] < 0:
                normal = -normal
            lit = max(0.0, float(normal @ light))
            gloss = shine * max(0.0, 2 * lit * float(normal[2]) - float(light[2])) ** 12
            colour = np.clip(front * (ambient + (1 - ambient) * lit) + gloss, 0, 1)
            xy = p[:, :2] / (1 - near * p[:, 2:]) * size + at
            shaded.append((float(p[:, 2].mean()), xy, colour))
        shaded.sort(key=lambda s: s[0])
        channels = [c.ink(lambda draw, px, i=i: [
            draw.polygon(px(xy), fill=int(colour[i] * 255)) for _, xy, colour in shaded], 2)
            for i in range(3)]
        mask = c.ink(lambda draw, px: [draw.polygon(px(xy), fill=255) for _, xy, _ in shaded], 2)
        solid = np.stack(channels, -1) / np.maximum(mask, 1e-3)[..., None]
        if c.chance(0.5):  # what it stands on is a little darker below it
            shadow = np.roll(mask, (c.integer(3, 9), c.integer(-6, 6)), (0, 1)) * 0.4
            picture = picture * (1 - shadow[..., None])
        return c.mix(picture, np.clip(solid, 0, 1).astype(np.float32), mask)

    return draw


FAMILY = {
    "sphere": _lit(_sphere), "cube": _lit(lambda c: _box(0.6, 0.6, 0.6)),
    "cylinder": _lit(_cylinder, _tilted), "cone": _lit(_cone, _tilted),
    "torus": _lit(_torus, _tilted), "pyramid": _lit(_pyramid, _tilted),
    "octahedron": _lit(_octahedron), "dodecahedron": _lit(_dodecahedron),
    "hexagonal prism": _lit(lambda c: _prism(6, 0.65, c.uniform(0.5, 0.75)), _tilted),
    "spring": _lit(_spring, _tilted), "stairs": _lit(_stairs, lambda c: _tilted(c, 0.7)),
    "capsule": _lit(_capsule),
}
