import DarkroomProtocol

/// Reads a model's numbers in the way its manifest names.
package struct OwnDecoder: Sendable {
    private let manifest: ModelManifest
    private let size: PixelSize

    package init(_ manifest: ModelManifest) {
        self.manifest = manifest
        size = PixelSize(width: manifest.input.width, height: manifest.input.height)
    }

    private var classes: Int { manifest.classes.count }

    /// Why outputs of these shapes cannot be read, as the end of a sentence; nil when they can.
    package func complaint(about shapes: [[Int]]) -> String? {
        guard let wanted = expectation(of: shapes) else { return nil }
        let given = shapes.map { $0.map(String.init).joined(separator: "×") }.joined(separator: ", ")
        let number = "\(classes) \(classes == 1 ? "class" : "classes")"
        return "\(manifest.decoder.rawValue) with \(number) is read from \(wanted), but the model gives \(given)"
    }

    /// What would be readable; nil when the shapes are.
    private func expectation(of shapes: [[Int]]) -> String? {
        switch manifest.decoder {
        case .yolov5: YOLORows.expectation(shapes, classes: classes)
        case .yolov8: YOLOColumns.expectation(shapes, classes: classes)
        case .yolox: YOLOGrid.expectation(shapes, classes: classes, size: size)
        case .ssd: CornerBoxes.expectation(shapes, classes: classes)
        case .centernet: CenterMaps.expectation(shapes, classes: classes, size: size)
        case .retinaface: PriorBoxes.expectation(shapes, classes: classes, size: size)
        }
    }

    /// Boxes in pixels of the model's input. The outputs have shapes that nothing was to complain about.
    package func boxes(_ outputs: [NetworkOutput]) -> [ModelBox] {
        let least = manifest.score
        return switch manifest.decoder {
        case .yolov5: YOLORows.boxes(outputs[0], classes: classes, least: least)
        case .yolov8: YOLOColumns.boxes(outputs[0], classes: classes, least: least)
        case .yolox: YOLOGrid.boxes(outputs[0], classes: classes, size: size, least: least)
        case .ssd: CornerBoxes.boxes(outputs, classes: classes, size: size, least: least)
        case .centernet: CenterMaps.boxes(outputs, classes: classes, least: least)
        case .retinaface: PriorBoxes.boxes(outputs, size: size, least: least)
        }
    }
}
