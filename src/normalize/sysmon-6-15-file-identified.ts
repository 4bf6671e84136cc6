/**
 * A driver was loaded (6: ImageLoaded, Hashes, Signed, Signature, SignatureStatus), or a file got a named stream, as what is downloaded
 * does (15: TargetFilename with the stream behind a colon, Hash of the file itself). Both say what the file is.
 * Source: https://learn.microsoft.com/sysinternals/downloads/sysmon (events 6 and 15)
 */
import { textOf } from './fields.ts'
import { head } from './head.ts'
import { events, sysmon } from './interest.ts'
import { type Normalizer, unreadable } from './normalizer.ts'
import { sysmonFile } from './sysmon-file.ts'

export const fileIdentified: Normalizer = {
  interests: events(sysmon, 6, 15),
  normalize(record) {
    const name = record.eventId === 6 ? 'ImageLoaded' : 'TargetFilename'
    const written = textOf(record, name)
    if (written === null) return unreadable(record, name, "a file's path")
    const file = sysmonFile(record)
    if (file === null) return null
    return { ...head(record), kind: 'file-identified', path: written.replace(stream, ''), file }
  },
}

/** `C:\a.exe:Zone.Identifier`; the colon of the drive has a backslash behind it. */
const stream = /(?<=[^\\/]):[^:\\/]*$/
