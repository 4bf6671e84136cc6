import type { Action } from '../../model/definition.ts'
import { child, content, flag, grandchildren, text } from './child.ts'
import type { Element } from './element.ts'

/** A child of `<Actions>`; nothing for an element that is no action. */
export function actionOf(action: Element): Action[] {
  const id = action.attributes.id ?? null
  switch (action.name) {
    case 'Exec':
      return [
        {
          kind: 'exec',
          id,
          command: text(action, 'Command') ?? '',
          arguments: text(action, 'Arguments'),
          workingDirectory: text(action, 'WorkingDirectory'),
          hideAppWindow: flag(action, 'HideAppWindow', false),
        },
      ]
    case 'ComHandler':
      return [{ kind: 'com-handler', id, classId: text(action, 'ClassId') ?? '', data: content(child(action, 'Data')) }]
    case 'SendEmail':
      return [
        {
          kind: 'send-email',
          id,
          server: text(action, 'Server'),
          subject: text(action, 'Subject'),
          to: text(action, 'To'),
          cc: text(action, 'Cc'),
          bcc: text(action, 'Bcc'),
          replyTo: text(action, 'ReplyTo'),
          from: text(action, 'From'),
          headerFields: grandchildren(action, 'HeaderFields')
            .filter((field) => field.name === 'HeaderField')
            .map((field) => ({ name: text(field, 'Name') ?? '', value: text(field, 'Value') ?? '' })),
          body: text(action, 'Body'),
          attachments: grandchildren(action, 'Attachments')
            .filter((file) => file.name === 'File')
            .map((file) => file.text.trim()),
        },
      ]
    case 'ShowMessage':
      return [{ kind: 'show-message', id, title: text(action, 'Title'), body: text(action, 'Body') }]
    default:
      return []
  }
}
