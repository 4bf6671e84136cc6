/**
 * Tokens of BinXML. The bit 0x40 of some says that more follows: for an element that it has attributes, for the others
 * that another one of the same list comes after.
 * Source: [MS-EVEN6] 2.2.12 BinXml, table of tokens.
 */
export const Token = {
  endOfFragment: 0x00,
  openStartElement: 0x01,
  closeStartElement: 0x02,
  closeEmptyElement: 0x03,
  endElement: 0x04,
  value: 0x05,
  attribute: 0x06,
  cdata: 0x07,
  characterReference: 0x08,
  entityReference: 0x09,
  processingInstructionTarget: 0x0a,
  processingInstructionData: 0x0b,
  templateInstance: 0x0c,
  normalSubstitution: 0x0d,
  optionalSubstitution: 0x0e,
  fragmentHeader: 0x0f,
} as const

export const MORE_FOLLOWS = 0x40

/** The fragment header as the little-endian number of its four bytes: token, major 1, minor 1, flags 0. */
export const FRAGMENT_HEADER = 0x0001_010f
export const FRAGMENT_HEADER_SIZE = 4
