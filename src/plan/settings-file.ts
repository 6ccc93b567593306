/** The file with the settings of a project. */
export const SETTINGS_FILE = 'redgreen.config.json'
