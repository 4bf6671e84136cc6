import { readFileSync, statSync } from 'node:fs'
import type { Server } from 'node:https'
import { createSecureContext } from 'node:tls'
import { reasonOf } from '../sources/reason.ts'
import { ServiceRefused } from './refused.ts'

/** A certificate, with those between it and its root, and its key: PEM. */
export interface Certificate {
  readonly cert: Buffer
  readonly key: Buffer
}

export interface CertificateFiles {
  readonly cert: string
  readonly key: string
}

/** How often it is looked whether they were renewed, in milliseconds. */
const lookEvery = 60_000

/** Reads both; throws `ServiceRefused` where they cannot be used. */
export function certificateIn({ cert, key }: CertificateFiles): Certificate {
  const certificate = { cert: bytesOf(cert), key: bytesOf(key) }
  try {
    createSecureContext(certificate)
  } catch (error) {
    throw new ServiceRefused(`${cert} and ${key} are no certificate and its key: ${reasonOf(error)}`)
  }
  return certificate
}

/** Takes up the files when they were renewed, without letting go of who is connected. Gives what ends that. */
export function keepRenewed(server: Server, files: CertificateFiles, say: (line: string) => void): () => void {
  let known = stampOf(files)
  const timer = setInterval(() => {
    const stamp = stampOf(files)
    if (stamp === known) return
    known = stamp // half of it may be there yet: the other half changes it again
    try {
      server.setSecureContext(certificateIn(files))
      say(`the certificate in ${files.cert} was renewed`)
    } catch (error) {
      say(`the certificate was not renewed: ${reasonOf(error)}`)
    }
  }, lookEvery)
  timer.unref()
  return () => clearInterval(timer)
}

/** What changes with the files. */
const stampOf = ({ cert, key }: CertificateFiles): string =>
  [cert, key].map((path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0).join()

function bytesOf(path: string): Buffer {
  try {
    return readFileSync(path)
  } catch (error) {
    throw new ServiceRefused(`${path} cannot be read: ${reasonOf(error)}`)
  }
}
