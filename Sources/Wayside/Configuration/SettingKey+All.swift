/// Every setting there is. `Docs/configuration.md` is made from this list.
extension SettingKey {
    package static let all: [SettingKey] = general + allOfInbox

    private static let general: [SettingKey] = [
        data, config, home, storage, s3Endpoint, s3Bucket, s3Region, s3AccessKey, s3AccessKeyFile, s3SecretKey,
        s3SecretKeyFile, s3Redirect, host, port, publicURL, trustedProxy, allowPlainHTTP, tlsCertificate, tlsKey,
        isPublic, corsOrigins, reportsPerHour, tokensPerHour, exportsAtOnce, transferSources, rclone, localDestinations,
        instanceName, language,
        baseMap, baseMapCredit, mapSources, maxPixels, maxFileSize, unfinishedFiles, unfinishedSize, unfinishedHours,
        undoDays, receiptDays, alertTo, alertFrom,
        smtpHost, smtpPort, smtpSecurity, smtpUser, smtpPassword, smtpPasswordFile, smtpAuthorities, alertWebhook,
        alertWebhookSecret, alertWebhookSecretFile, alertReminder, alertDisk, alertDelivery, darkroom,
        darkroomProcesses,
        darkroomTimeLimit, models, tables, logLevel,
    ]

    package static let data = SettingKey(
        "data", .folder, fallback: "`var` in the home folder",
        "Where everything is kept: catalogue, received files, stored pictures, keys. Made private (0700).")
    package static let config = SettingKey(
        "config", .file, fallback: "`wayside.json` in the data folder, where there is one",
        "A JSON file with any of the other settings by name, for example `{\"port\": 8443}`.")
    package static let home = SettingKey(
        "home", .folder, fallback: "found from where the program lies",
        "The folder that holds `Migrations`, `Templates` and `Public`.")

    package static let host = SettingKey(
        "host", .text, fallback: "127.0.0.1",
        """
        The address the server listens on. Beyond this machine it needs TLS, a trusted proxy, or `allow-plain-http`.
        """)
    package static let port = SettingKey("port", .wholeNumber, fallback: "8080", "The TCP port the server listens on.")
    package static let publicURL = SettingKey(
        "public-url", .text, fallback: "the Host header, on this machine only",
        "What links start with as others see the server, for example `https://pictures.example.org`.")
    package static let trustedProxy = SettingKey(
        "trusted-proxy", .list, fallback: "none",
        "Addresses or CIDR blocks of reverse proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` are believed.")
    package static let allowPlainHTTP = SettingKey(
        "allow-plain-http", .yesOrNo, fallback: "no",
        "Listen beyond this machine without TLS all the same: passwords and pictures can then be read on the way.")
    package static let tlsCertificate = SettingKey(
        "tls-certificate", .file, fallback: "none", "Certificate chain (PEM); with `tls-key` the server speaks HTTPS.")
    package static let tlsKey = SettingKey(
        "tls-key", .file, fallback: "none", "Private key (PEM) of `tls-certificate`.")

    package static let isPublic = SettingKey(
        "public", .yesOrNo, fallback: "no",
        "Whether pictures may be made visible to guests, who are not signed in.")
    package static let reportsPerHour = SettingKey(
        "reports-per-hour", .wholeNumber, fallback: "30",
        """
        How many reports one account, or one address block of guests, may make in an hour. Each hides what it is about.
        """)
    package static let tokensPerHour = SettingKey(
        "tokens-per-hour", .wholeNumber, fallback: "30",
        "How many access tokens one account, or one address block of programs that sign in, may ask for in an hour.")
    package static let exportsAtOnce = SettingKey(
        "exports-at-once", .wholeNumber, fallback: "6",
        "How many exports may be under way at once; of one account, or one address block of guests, two.")
    package static let transferSources = SettingKey(
        "transfer-sources", .list, fallback: "none",
        """
        Servers that sequences may be fetched from (`panoramax_cli migration`), for example `https://peer.example.org`. \
        Nothing else is fetched, no redirect is followed, and link-local addresses never.
        """)
    package static let localDestinations = SettingKey(
        "local-destinations", .yesOrNo, fallback: "no",
        """
        Whether routes may send to this machine itself (`localhost`, `127.0.0.1`), where services listen that nobody else \
        reaches. Link-local addresses, where clouds tell machines their secrets, never.
        """)
    package static let corsOrigins = SettingKey(
        "cors-origins", .list, fallback: "none",
        """
        Origins whose pages may read the API, its tiles and its pictures in a browser, for example \
        `https://editor.example.org`. They need a token, except for what guests may see; cookies are never taken along.
        """)
    package static let instanceName = SettingKey(
        "instance-name", .text, fallback: "Wayside", "What the pages and the catalogue call this server.")
    package static let language = SettingKey(
        "language", .text, fallback: "en", "Language of the pages for browsers that ask for none of ours: `en` or `fr`."
    )
    package static let baseMap = SettingKey(
        "base-map", .text, fallback: "coasts, lakes and borders, which come with Wayside",
        """
        What lies below the pictures: the address of tiles that are pictures (`https://tiles.example.org/{z}/{x}/{y}.png`), \
        of a MapLibre style (`….json`) or of a PMTiles archive (`….pmtiles`); the latter two may be files of this machine. \
        Browsers ask other servers themselves.
        """)
    package static let baseMapCredit = SettingKey(
        "base-map-credit", .text, fallback: "what the style or the archive says",
        "Who is named on the map for the base map, for example `© OpenStreetMap contributors`.")
    package static let mapSources = SettingKey(
        "map-sources", .list, fallback: "none",
        "Further servers that a base map's style needs, for example `https://tiles.example.org`; the base map's own is known."
    )

    package static let maxPixels = SettingKey(
        "max-pixels", .wholeNumber, fallback: "150000000",
        "A picture whose header announces more pixels is refused before it is decoded.")
    package static let maxFileSize = SettingKey(
        "max-file-size", .wholeNumber, fallback: "200", "A larger file is refused. Megabytes (10⁶ bytes).")

    package static let unfinishedFiles = SettingKey(
        "unfinished-files", .wholeNumber, fallback: "1000",
        "How many files one account may be sending in parts (tus) at a time.")
    package static let unfinishedSize = SettingKey(
        "unfinished-size", .wholeNumber, fallback: "20000",
        "How large those may be together, each counted as it will be when it is whole. Megabytes (10⁶ bytes).")
    package static let unfinishedHours = SettingKey(
        "unfinished-hours", .wholeNumber, fallback: "24",
        "How long the parts of a file are kept after the last of them came. Hours.")

    package static let undoDays = SettingKey(
        "undo-days", .wholeNumber, fallback: "7",
        "How long what people delete on the pages can be taken back; 0: it is gone at once. Days.")
    package static let receiptDays = SettingKey(
        "receipt-days", .wholeNumber, fallback: "1095",
        "How long the receipt for something deleted is kept after the last of it is gone. Days.")

    package static let darkroom = SettingKey(
        "darkroom", .file, fallback: "`wayside-darkroom` beside this program",
        "The program that does all work on pixels and tags, in processes of its own.")
    package static let darkroomProcesses = SettingKey(
        "darkroom-processes", .wholeNumber, fallback: "one for each processor core",
        "How many pictures are worked on at once. Each process takes up to 900 MB of memory.")
    package static let darkroomTimeLimit = SettingKey(
        "darkroom-time-limit", .wholeNumber, fallback: "120",
        "A process that works on one picture for longer is ended, and the picture tried again. Seconds.")
    package static let models = SettingKey(
        "models", .folder, fallback: "`models` in the home folder, or where set-up put them",
        "The detection models.")
    package static let tables = SettingKey(
        "tables", .folder, fallback: "`tables` in the home folder, or where set-up put them",
        "The tables of cameras and time zones.")
    package static let logLevel = SettingKey(
        "log-level", .text, fallback: "info",
        "The least important messages to log: `trace`, `debug`, `info`, `notice`, `warning`, `error` or `critical`.")
}
