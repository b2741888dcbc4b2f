import Pipeline

extension Settings {
    /// How darkroom children are started; `wayside check` starts one in the same way.
    package var darkroomSettings: DarkroomSettings {
        DarkroomSettings(
            executable: darkroom, modelsFolder: modelsFolder, tablesFolder: tablesFolder, stagingFolder: data.staging,
            workingFolder: data.darkroom, children: darkroomProcesses, maximumPixels: maximumPixels)
    }
}
