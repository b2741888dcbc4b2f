import Pipeline

extension Settings {
    /// How darkroom children are started; `wayside check` starts one in the same way.
    package var darkroomSettings: DarkroomSettings {
        var settings = DarkroomSettings(
            executable: darkroom, modelsFolder: modelsFolder, tablesFolder: tablesFolder,
            ownModelsFolder: data.models, stagingFolder: data.staging, workingFolder: data.darkroom,
            children: darkroomProcesses, maximumPixels: maximumPixels)
        settings.developLimit = darkroomTimeLimit
        settings.inspectLimit = min(settings.inspectLimit, darkroomTimeLimit)
        return settings
    }
}
