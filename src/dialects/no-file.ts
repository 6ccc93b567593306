/** Why a path that is listed cannot be read as a file. */
export const NO_FILE =
  'The file is missing, is a folder, or is a link that leads out of the workspace.'
