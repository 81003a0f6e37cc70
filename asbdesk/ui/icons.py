"""Lucide icons (resources/icons, ISC licence), tinted with a token of the theme in force; nothing is written to disk.

Use: `icons.pixmap("phone", "accent", 20)` when painting; `icons.icon("printer", "ink")` for a button (`widgets.Button`
keeps its own icon in step with the theme, so screens name icons and never tint them themselves).
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from asbdesk.paths import resources
from asbdesk.ui import theme


@lru_cache(maxsize=128)
def _drawing(name: str) -> bytes:
    path = resources() / "icons" / f"{name}.svg"
    return path.read_bytes() if path.is_file() else (resources() / "icons" / "circle.svg").read_bytes()


@lru_cache(maxsize=512)
def _drawn(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    renderer = QSvgRenderer(QByteArray(_drawing(name).replace(b"currentColor", colour.encode())))
    image = QPixmap(QSize(round(size * ratio), round(size * ratio)))
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter, QRectF(0, 0, size * ratio, size * ratio))
    painter.end()
    image.setDevicePixelRatio(ratio)
    return image


def pixmap(name: str, token: str = "ink", size: int = 20, ratio: float = 2.0) -> QPixmap:
    """The icon `name` in the colour of `token`, `size` logical pixels square (not scaled with text: pass it scaled)."""
    return _drawn(name, theme.current().tokens[token], size, ratio)


def icon(name: str, token: str = "ink", size: int = 20) -> QIcon:
    return QIcon(pixmap(name, token, size))


def window_icon() -> QIcon:
    return QIcon(_drawn("shield-alert", "#0B6E69", 64, 1.0))
