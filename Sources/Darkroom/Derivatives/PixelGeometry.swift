/// A size in pixels.
package struct PixelSize: Hashable, Sendable {
    package var width: Int
    package var height: Int

    package init(width: Int, height: Int) {
        self.width = width
        self.height = height
    }

    package var area: Int { width * height }
    package var whole: PixelRectangle { PixelRectangle(x: 0, y: 0, width: width, height: height) }

    /// As wide as asked but never wider than this, the height in proportion.
    func narrowed(to newWidth: Int) -> PixelSize {
        guard width > newWidth else { return self }
        return PixelSize(width: newWidth, height: max(1, (height * newWidth + width / 2) / width))
    }
}

/// A rectangle of pixels; `x` grows to the right, `y` downwards.
package struct PixelRectangle: Hashable, Sendable {
    package var x: Int
    package var y: Int
    package var width: Int
    package var height: Int

    package init(x: Int, y: Int, width: Int, height: Int) {
        self.x = x
        self.y = y
        self.width = width
        self.height = height
    }

    package var right: Int { x + width }
    package var bottom: Int { y + height }
    package var size: PixelSize { PixelSize(width: width, height: height) }
    package var isEmpty: Bool { width < 1 || height < 1 }

    /// The part of it inside `size`; empty when there is none.
    package func clipped(to size: PixelSize) -> PixelRectangle {
        let left = min(max(x, 0), size.width), top = min(max(y, 0), size.height)
        return PixelRectangle(
            x: left, y: top, width: max(0, min(right, size.width) - left),
            height: max(0, min(bottom, size.height) - top))
    }

    /// The smallest rectangle around it whose edges are multiples of `columns` and `rows`.
    func aligned(columns: Int, rows: Int) -> PixelRectangle {
        let left = x / columns * columns, top = y / rows * rows
        return PixelRectangle(
            x: left, y: top, width: (right + columns - 1) / columns * columns - left,
            height: (bottom + rows - 1) / rows * rows - top)
    }

    /// What both cover; empty when they do not meet.
    func shared(with other: PixelRectangle) -> PixelRectangle {
        let left = max(x, other.x), top = max(y, other.y)
        return PixelRectangle(
            x: left, y: top, width: max(0, min(right, other.right) - left),
            height: max(0, min(bottom, other.bottom) - top))
    }

    /// The smallest rectangle around both.
    func joined(with other: PixelRectangle) -> PixelRectangle {
        let left = min(x, other.x), top = min(y, other.y)
        return PixelRectangle(
            x: left, y: top, width: max(right, other.right) - left, height: max(bottom, other.bottom) - top)
    }
}
