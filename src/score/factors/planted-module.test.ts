import { expect, test } from 'vitest'
import { madeActor, madeChain } from '../../lab/made-chains.ts'
import type { Circumstance } from '../../model/chain.ts'
import { unknown } from '../known.ts'
import { subjectOf } from '../subject.ts'
import { plantedModule } from './planted-module.ts'

const at = { time: 0, ticks: 0 }
const what = 'C:\\Windows\\System32\\phoneinfo.dll, which nobody has signed, loaded by wermgr.exe (90)'
const loaded = (actor = madeActor()): Circumstance => ({ ...at, kind: 'module-planted', what, actor })

const weigh = (...circumstances: Circumstance[]) =>
  plantedModule.weigh(subjectOf(madeChain({ circumstances }), unknown))

test('a library that was seen to be written outranks one that may always have been there', () => {
  const written = loaded(madeActor({ process: { pid: 70, image: 'C:\\Windows\\System32\\cmd.exe' } }))
  expect(weigh(loaded())?.bits).toBe(4)
  expect(weigh(loaded(), written)).toEqual({ bits: 9, says: `A run of one of Windows' own tasks loaded ${what}.` })
  expect(weigh()).toBeUndefined()
})
