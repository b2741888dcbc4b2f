/// What is in a vector tile, as it was at one moment.
package struct MapDrawing: Sendable {
    package var cells: [MapCell] = []
    package var sequences: [MapSequence] = []
    package var pictures: [MapPicture] = []

    package init() {}
}
