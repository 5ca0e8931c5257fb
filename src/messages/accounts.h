/* SPDX-License-Identifier: MIT
 *
 * Persons by the accounts they write from. An app that numbers its accounts tells two
 * persons of the same name apart, and one person through all changes of name.
 */
#ifndef EBB_MESSAGES_ACCOUNTS_H
#define EBB_MESSAGES_ACCOUNTS_H

#include "messages/reader.h"

#define EBB_ACCOUNTS_MAX (2 * EBB_PERSONS_MAX) /* one person may have several */

typedef struct ebb_account_id {
    uint64_t id;
    uint64_t name_hash; /* of the display name it was first seen with */
    uint8_t person;
} ebb_account_id_t;

/* Zero-initialise, set import. */
typedef struct ebb_accounts {
    ebb_import_t *import;
    ebb_account_id_t known[EBB_ACCOUNTS_MAX];
    size_t count;
} ebb_accounts_t;

/* A number for an account that is told by a string; never 0. */
uint64_t ebb_account_hash(const char *bytes, size_t length);

/* The person of an account, or -1 where it is not known yet. 0 is no account. */
int ebb_account_find(const ebb_accounts_t *accounts, uint64_t id);

/* An account seen for the first time. */
typedef struct ebb_newcomer {
    uint64_t id;      /* 0: a person who has only a name */
    const char *name; /* that it shows */
    size_t length;
    const char *sign; /* stands behind the name, in brackets, where another account
                         shows the same */
} ebb_newcomer_t;

/* Its person: an index, or EBB_ERR_MEMORY, EBB_ERR_LIMIT. */
int ebb_account_add(ebb_accounts_t *accounts, const ebb_newcomer_t *who);

/* One more account of a person. */
void ebb_account_link(ebb_accounts_t *accounts, uint64_t id, int person);

/* What to say of a failure of ebb_account_add. */
const char *ebb_account_problem(int code);

#endif
