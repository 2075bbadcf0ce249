import { type Folder, isFolderId, isFolderRole } from '../../../shared/folder.ts';
import type { SavedSearch, Tag } from '../../../shared/places.ts';
import type { JournaledFolder, MailboxChange, ProgramChange } from '../journal/changes.ts';
import { type Guard, isFlag, isObject, isText, listOf, oneOf, orNull, shape } from './guards.ts';
import { isRule } from './stored-json.ts';

/*
 * A journal may come from elsewhere, inside a backup that somebody else made. So each entry is checked before it is
 * believed, and one without its form is passed over.
 */

const isFolder: Guard<Folder> = (value): value is Folder =>
  isText(value) && (isFolderRole(value) || isFolderId(value));

/** A field that may be absent. */
const maybe =
  <Value>(isValue: Guard<Value>): Guard<Value | undefined> =>
  (value): value is Value | undefined =>
    value === undefined || isValue(value);

const isMarks = shape({
  folder: maybe(isFolder),
  isRead: maybe(isFlag),
  isStarred: maybe(isFlag),
  isReplied: maybe(isFlag),
  isForwarded: maybe(isFlag),
  addTags: maybe(listOf(isText)),
  removeTags: maybe(listOf(isText)),
});

const isJournaledFolder = shape<JournaledFolder>({
  id: isFolderId,
  parentId: orNull(isFolderId),
  name: isText,
  isFavourite: isFlag,
});

const anything = shape({});

const mailboxForms: Readonly<Record<MailboxChange['kind'], Guard<unknown>>> = {
  snapshot: anything,
  marks: isMarks,
  doubtful: shape({ isDoubtful: isFlag }),
  removed: anything,
  'tag-renamed': shape({ from: isText, to: isText }),
  folder: shape({ folder: isJournaledFolder }),
  'folder-removed': shape({ id: isFolderId }),
  choice: shape({ charset: orNull(isText), theme: orNull(isText) }),
  'rules-due': anything,
  'rules-done': anything,
};

const programForms: Readonly<Record<ProgramChange['kind'], Guard<unknown>>> = {
  snapshot: anything,
  tags: shape({ tags: listOf(shape<Tag>({ name: isText, color: isText })) }),
  rules: shape({ rules: listOf(isRule) }),
  searches: shape({ searches: listOf(shape<SavedSearch>({ name: isText, query: isText })) }),
  pictures: shape({
    allowed: listOf(shape({ scope: oneOf(['sender', 'domain']), value: isText })),
  }),
};

function hasForm(forms: Readonly<Record<string, Guard<unknown>>>, value: unknown): boolean {
  if (!isObject(value) || !isText(value.kind) || !Object.hasOwn(forms, value.kind)) return false;
  return forms[value.kind]?.(value) ?? false;
}

/** An entry of a mailbox's journal. */
export const isMailboxChange: Guard<MailboxChange> = (value): value is MailboxChange =>
  hasForm(mailboxForms, value);

/** An entry of the program's journal. */
export const isProgramChange: Guard<ProgramChange> = (value): value is ProgramChange =>
  hasForm(programForms, value);
