/* SPDX-License-Identifier: MIT
 *
 * Whom a phone has written with: contacts by their addresses, and which of them is the
 * partner.
 *
 * A phone's messages are of everybody. One person may have several numbers and a mail
 * address; the same number is written "0170 1234567" here and "+49 170 1234567" there.
 * What is known to be one person is joined as it is met, so a contact is told by an
 * index that may later stand for the same as another: ebb_phonebook_root.
 */
#ifndef EBB_MESSAGES_PHONEBOOK_H
#define EBB_MESSAGES_PHONEBOOK_H

#include "messages/reader.h"

#define EBB_PHONEBOOK_MAX 60000 /* more than a phone's life holds; fits 16 bits */

/* A contact has one address. Addresses that may be the same have one kinship, so that
 * few are compared. */
typedef struct ebb_phonebook_entry {
    size_t name;    /* place of its name in `bytes`; 0: none */
    size_t address; /* place of its address, as it was first written */
    uint64_t kinship, name_hash;
    uint32_t next_kin, next_named; /* 1 + index of the one before in a table's list */
    uint32_t same;                 /* the contact that it is, itself at first */
    uint64_t events;               /* counted by the reader */
    uint32_t alias;                /* 1 + index of the alias that gives it its name */
    uint8_t marks;                 /* while names are looked for: EBB_PHONEBOOK_ bits */
} ebb_phonebook_entry_t;

enum { EBB_PHONEBOOK_BY_NAME = 1, EBB_PHONEBOOK_BY_ADDRESS = 2 };

/* Zero-initialise, set import; release with ebb_phonebook_free. */
typedef struct ebb_phonebook {
    ebb_import_t *import;
    ebb_text_t bytes; /* names and addresses, each NUL-terminated */
    ebb_phonebook_entry_t *contacts;
    size_t count, room;
    /* heads of lists: 1 + index of a contact, by its kinship and by its name's hash */
    uint32_t *kin, *named;
    size_t table_room; /* of each, a power of two */
} ebb_phonebook_t;

/* The contact of an address as the phone writes it, a new one where it is not known. 0
 * or more, EBB_ERR_MEMORY, EBB_ERR_LIMIT. */
int ebb_phonebook_find(ebb_phonebook_t *book, const char *address, size_t length);

/* Says what a contact is called; contacts of one name are one person. "", "null" and
 * "(Unknown)" are no names. 0 or EBB_ERR_MEMORY. */
int ebb_phonebook_name(ebb_phonebook_t *book, int contact, const char *name);

/* Says that two are one person. */
void ebb_phonebook_join(ebb_phonebook_t *book, int one, int other);

/* The contact that stands for all that are the same. */
int ebb_phonebook_root(const ebb_phonebook_t *book, int contact);

/* The couple's contact: whom the options name, by name, alias or any address, else the
 * only one with events. Sets import->partner_named_chat where an address named it. A
 * root, or EBB_ERR_CHOICE (the text lists contacts with their counts), EBB_ERR_INPUT;
 * `where` is the input's label. */
int ebb_phonebook_choose(ebb_phonebook_t *book, const char *where, ebb_error_t *error);

/* The person a root becomes in the import, by its name after aliases; as
 * ebb_import_person. */
int ebb_phonebook_person(ebb_phonebook_t *book, int root);

/* What to say of a failure of ebb_phonebook_find and ebb_phonebook_name. */
const char *ebb_phonebook_problem(int code);

void ebb_phonebook_free(ebb_phonebook_t *book);

#endif
