import Domain

/// How a stored picture is turned to be upright: EXIF tag 274 (TIFF 6.0), 1–8.
package struct Orientation: Hashable, Sendable {
    package let value: Int

    /// Anything but 1–8 counts as 1, as readers commonly do.
    package init(_ value: Int) { self.value = (1...8).contains(value) ? value : 1 }

    package var isUpright: Bool { value == 1 }
    /// Whether width and height change places.
    package var swapsAxes: Bool { value >= 5 }
    private var mirrorsAcross: Bool { [2, 3, 6, 7].contains(value) }
    private var mirrorsDown: Bool { [3, 4, 7, 8].contains(value) }

    /// The size as stored of a size as displayed, or the other way round.
    package func turned(_ size: PixelSize) -> PixelSize {
        swapsAxes ? PixelSize(width: size.height, height: size.width) : size
    }

    /// Where a rectangle of the displayed picture lies in the stored one. `displayed`: size of the displayed picture.
    package func stored(_ area: PixelRectangle, displayed: PixelSize) -> PixelRectangle {
        let x = mirrorsAcross ? displayed.width - area.right : area.x
        let y = mirrorsDown ? displayed.height - area.bottom : area.y
        return swapsAxes
            ? PixelRectangle(x: y, y: x, width: area.height, height: area.width)
            : PixelRectangle(x: x, y: y, width: area.width, height: area.height)
    }

    /// Where an outline on the displayed picture lies on the stored one. `displayed`: size of the displayed picture.
    package func stored(_ polygon: Polygon, displayed: PixelSize) -> Polygon {
        let (width, height) = (Double(displayed.width), Double(displayed.height))
        return polygon.mapped { point in
            let x = mirrorsAcross ? width - point.x : point.x, y = mirrorsDown ? height - point.y : point.y
            return swapsAxes ? Polygon.Point(x: y, y: x) : Polygon.Point(x: x, y: y)
        }
    }
}
