import Hummingbird

/// The pages for people.
struct PageRoutes: Sendable {
    let services: WebServices

    func add(to router: Router<WebContext>) {
        let renderer = PageRenderer(services: services)
        LoginPages(services: services, renderer: renderer).add(to: router)
        AccountPages(services: services, renderer: renderer).add(to: router)
        AccountDeletionPages(services: services, renderer: renderer).add(to: router)
        ClaimPages(services: services, renderer: renderer).add(to: router)
        TermsPages(services: services, renderer: renderer).add(to: router)
        AccountEmbedPages(services: services, renderer: renderer).add(to: router)
        EmbedFrame(services: services, renderer: renderer).add(to: router)
        ExplorePages(services: services, renderer: renderer).add(to: router)
        UploadPages(services: services, renderer: renderer).add(to: router)
        UploadSetPages(services: services, renderer: renderer).add(to: router)
        MyPicturePages(services: services, renderer: renderer).add(to: router)
        PlacePages(services: services, renderer: renderer).add(to: router)
        AnnotatePages(services: services, renderer: renderer).add(to: router)
        CardReceiptPages(services: services, renderer: renderer).add(to: router)
        GuidePages(renderer: renderer).add(to: router)
        RedactionRunPages(services: services).add(to: router)
        SequencePages(services: services, renderer: renderer).add(to: router)
        ReportPages(services: services, renderer: renderer).add(to: router)
        AreaPages(services: services, renderer: renderer).add(to: router)
        ErasurePages(services: services, renderer: renderer).add(to: router)
        AdminAccountDeletionPages(services: services, renderer: renderer).add(to: router)
        AdminDashboardPages(services: services, renderer: renderer).add(to: router)
        AdminAccountPages(services: services, renderer: renderer).add(to: router)
        AdminTokenPages(services: services, renderer: renderer).add(to: router)
        AdminLabelPages(services: services, renderer: renderer).add(to: router)
        AdminStickerPages(services: services, renderer: renderer).add(to: router)
        AdminPolicyPages(services: services, renderer: renderer).add(to: router)
        AdminOriginalPages(services: services, renderer: renderer).add(to: router)
        AdminClassPages(services: services, renderer: renderer).add(to: router)
        AdminRetentionPages(services: services, renderer: renderer).add(to: router)
        AdminAlertPages(services: services, renderer: renderer).add(to: router)
        AdminProcessingPages(services: services, renderer: renderer).add(to: router)
        AdminHotlinkPages(services: services, renderer: renderer).add(to: router)
        AdminWayPages(services: services, renderer: renderer).add(to: router)
        AdminRoutePages(services: services, renderer: renderer).add(to: router)
        AdminJobPages(services: services, renderer: renderer).add(to: router)
        AdminAuditPages(services: services, renderer: renderer).add(to: router)
        AdminInstancePages(services: services, renderer: renderer).add(to: router)
        AdminStatusPages(services: services, renderer: renderer).add(to: router)
    }
}
