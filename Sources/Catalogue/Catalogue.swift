import Domain

/// What we know: every store over one engine.
package struct Catalogue: Sendable {
    package let engine: any SQLEngine

    package init(engine: any SQLEngine) { self.engine = engine }

    package var accounts: AccountStore { AccountStore(engine: engine) }
    package var tokens: TokenStore { TokenStore(engine: engine) }
    package var tokenRequests: TokenRequestStore { TokenRequestStore(engine: engine) }
    package var people: PeopleStore { PeopleStore(engine: engine) }
    package var transfers: TransferStore { TransferStore(engine: engine) }
    package var labels: LabelStore { LabelStore(engine: engine) }
    package var hotlinks: HotlinkStore { HotlinkStore(engine: engine) }
    package var processing: ProcessingStore { ProcessingStore(engine: engine) }
    package var partialUploads: PartialUploadStore { PartialUploadStore(engine: engine) }
    package var peers: PeerStore { PeerStore(engine: engine) }
    package var inbox: InboxStore { InboxStore(engine: engine) }
    package var uploadSets: UploadSetStore { UploadSetStore(engine: engine) }
    package var ways: WayStore { WayStore(engine: engine) }
    package var heldPictures: HeldPictureStore { HeldPictureStore(engine: engine) }
    package var cards: CardStore { CardStore(engine: engine) }
    package var pictures: PictureStore { PictureStore(engine: engine) }
    package var bulk: BulkStore { BulkStore(engine: engine) }
    package var sequences: SequenceStore { SequenceStore(engine: engine) }
    package var reports: ReportStore { ReportStore(engine: engine) }
    package var map: MapStore { MapStore(engine: engine) }
    package var semantics: SemanticStore { SemanticStore(engine: engine) }
    package var annotations: AnnotationStore { AnnotationStore(engine: engine) }
    package var classes: ClassSchemeStore { ClassSchemeStore(engine: engine) }
    package var detections: DetectionStore { DetectionStore(engine: engine) }
    package var jobs: JobStore { JobStore(engine: engine) }
    package var corrections: CorrectionStore { CorrectionStore(engine: engine) }
    package var routes: RouteStore { RouteStore(engine: engine) }
    package var outbox: OutboxStore { OutboxStore(engine: engine) }
    package var deliveries: DeliveryStore { DeliveryStore(engine: engine) }
    package var destinations: DestinationStore { DestinationStore(engine: engine) }
    package var originals: OriginalStore { OriginalStore(engine: engine) }
    package var raws: RawStore { RawStore(engine: engine) }
    package var sealingKeys: SealingKeyStore { SealingKeyStore(engine: engine) }
    package var areas: AreaStore { AreaStore(engine: engine) }
    package var removals: RemovalStore { RemovalStore(engine: engine) }
    package var erasures: ErasureStore { ErasureStore(engine: engine) }
    package var figures: FigureStore { FigureStore(engine: engine) }
    package var samples: SampleStore { SampleStore(engine: engine) }
    package var instanceSettings: InstanceSettingsStore { InstanceSettingsStore(engine: engine) }
    package var embeds: EmbedStore { EmbedStore(engine: engine) }
    package var archive: ArchiveStore { ArchiveStore(engine: engine) }
    package var exports: ExportStore { ExportStore(engine: engine) }
    package var alerts: AlertStore { AlertStore(engine: engine) }
    package var retention: RetentionStore { RetentionStore(engine: engine) }
    package var labelWatches: LabelWatchStore { LabelWatchStore(engine: engine) }
    package var audit: AuditStore { AuditStore(engine: engine) }
}
