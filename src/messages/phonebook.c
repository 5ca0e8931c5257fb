/* SPDX-License-Identifier: MIT */
#include "messages/phonebook.h"

#include <stdio.h>
#include <string.h>

#include "core/memory.h"
#include "messages/accounts.h"
#include "messages/addresses.h"

#define ALIKE_MAX 64 /* addresses of one kinship; lists of many would be slow */

/* ---- the tables ---- */

static const char *contact_text(const ebb_phonebook_t *c, size_t place)
{
    return c->bytes.data + place;
}

/* Keeps a text; its place, 0 when out of memory. */
static size_t keep_contact_text(ebb_phonebook_t *c, const char *text)
{
    if (c->bytes.length == 0) {
        ebb_text_append(&c->bytes, "", 1); /* place 0 stands for none */
    }
    size_t place = c->bytes.length;
    ebb_text_append(&c->bytes, text, strlen(text) + 1);
    return c->bytes.failed ? 0 : place;
}

static uint32_t *table_head(const ebb_phonebook_t *c, uint32_t *table, uint64_t hash)
{
    return &table[(size_t)hash & (c->table_room - 1)];
}

/* Puts a contact before the others of its list. */
static void enter_kin(ebb_phonebook_t *c, size_t index)
{
    uint32_t *head = table_head(c, c->kin, c->contacts[index].kinship);
    c->contacts[index].next_kin = *head;
    *head = (uint32_t)index + 1;
}

static void enter_named(ebb_phonebook_t *c, size_t index)
{
    uint32_t *head = table_head(c, c->named, c->contacts[index].name_hash);
    c->contacts[index].next_named = *head;
    *head = (uint32_t)index + 1;
}

static void free_contact_tables(ebb_phonebook_t *c, uint32_t *kin, uint32_t *named,
                                size_t room)
{
    ebb_free_array(c->import->alloc, kin, room, sizeof *kin);
    ebb_free_array(c->import->alloc, named, room, sizeof *named);
}

/* Room in the tables for one contact more. */
static int grow_contact_tables(ebb_phonebook_t *c)
{
    if (c->count < c->table_room) {
        return EBB_OK;
    }
    size_t room = c->table_room ? 2 * c->table_room : 256;
    uint32_t *kin = ebb_new_array(c->import->alloc, room, sizeof *kin);
    uint32_t *named = ebb_new_array(c->import->alloc, room, sizeof *named);
    if (!kin || !named) {
        free_contact_tables(c, kin, named, room);
        return EBB_ERR_MEMORY;
    }
    free_contact_tables(c, c->kin, c->named, c->table_room);
    c->kin = kin;
    c->named = named;
    c->table_room = room;
    for (size_t i = 0; i < c->count; i++) {
        enter_kin(c, i);
        if (c->contacts[i].name) {
            enter_named(c, i);
        }
    }
    return EBB_OK;
}

/* The first contact whose address is the same; -1 if there is none, EBB_ERR_LIMIT where
 * too many are like it. */
static int find_contact_address(const ebb_phonebook_t *c, const char *address,
                                uint64_t kinship)
{
    int found = -1, looked = 0;
    uint32_t at = c->table_room ? *table_head(c, c->kin, kinship) : 0;
    for (; at > 0; at = c->contacts[at - 1].next_kin) {
        const ebb_phonebook_entry_t *known = &c->contacts[at - 1];
        if (known->kinship != kinship) {
            continue;
        }
        if (++looked > ALIKE_MAX) {
            return EBB_ERR_LIMIT;
        }
        if (ebb_addresses_match(contact_text(c, known->address), address)) {
            found = (int)at - 1;
        }
    }
    return found;
}

static int find_contact_name(const ebb_phonebook_t *c, const char *name, uint64_t hash)
{
    for (uint32_t at = *table_head(c, c->named, hash); at > 0;) {
        const ebb_phonebook_entry_t *known = &c->contacts[at - 1];
        if (known->name_hash == hash &&
            strcmp(contact_text(c, known->name), name) == 0) {
            return (int)at - 1;
        }
        at = known->next_named;
    }
    return -1;
}

static int add_contact(ebb_phonebook_t *c, const char *address, uint64_t kinship)
{
    void *grown = c->contacts;
    if (c->count >= EBB_PHONEBOOK_MAX) {
        return EBB_ERR_LIMIT;
    }
    size_t text = keep_contact_text(c, address);
    if (!text || grow_contact_tables(c) ||
        ebb_grow(c->import->alloc, &grown, &c->room, c->count + 1,
                 sizeof *c->contacts)) {
        return EBB_ERR_MEMORY;
    }
    c->contacts = grown;
    c->contacts[c->count] = (ebb_phonebook_entry_t){
        .address = text, .kinship = kinship, .same = (uint32_t)c->count};
    enter_kin(c, c->count);
    return (int)c->count++;
}

int ebb_phonebook_find(ebb_phonebook_t *book, const char *address, size_t length)
{
    char clean[EBB_NAME_MAX];
    if (!book->bytes.data) {
        ebb_text_init(&book->bytes, book->import->alloc);
    }
    (void)ebb_name_clean(clean, address, length);
    uint64_t kinship = ebb_address_kinship(clean);
    int known = find_contact_address(book, clean, kinship);
    return known == -1 ? add_contact(book, clean, kinship) : known;
}

/* ---- who is who ---- */

int ebb_phonebook_root(const ebb_phonebook_t *book, int contact)
{
    uint32_t i = (uint32_t)contact;
    while (book->contacts[i].same != i) {
        i = book->contacts[i].same;
    }
    return (int)i;
}

void ebb_phonebook_join(ebb_phonebook_t *book, int one, int other)
{
    int a = ebb_phonebook_root(book, one), b = ebb_phonebook_root(book, other);
    int first = a < b ? a : b, second = a < b ? b : a;
    ebb_phonebook_entry_t *kept = &book->contacts[first];
    ebb_phonebook_entry_t *gone = &book->contacts[second];
    if (first == second) {
        return;
    }
    if (!kept->name) { /* found in the table where it is */
        kept->name = gone->name;
        kept->name_hash = gone->name_hash;
    }
    kept->alias = kept->alias ? kept->alias : gone->alias;
    kept->events += gone->events;
    gone->events = 0;
    gone->same = (uint32_t)first;
}

int ebb_phonebook_name(ebb_phonebook_t *book, int contact, const char *name)
{
    int root = ebb_phonebook_root(book, contact);
    ebb_phonebook_entry_t *named = &book->contacts[root];
    bool none =
        name[0] == '\0' || strcmp(name, "null") == 0 || strcmp(name, "(Unknown)") == 0;
    if (named->name || none) {
        return EBB_OK;
    }
    uint64_t hash = ebb_account_hash(name, strlen(name));
    int other = find_contact_name(book, name, hash);
    if (other >= 0) {
        ebb_phonebook_join(book, root, other);
        return EBB_OK;
    }
    named->name = keep_contact_text(book, name);
    if (!named->name) {
        return EBB_ERR_MEMORY;
    }
    named->name_hash = hash;
    enter_named(book, (size_t)root);
    return EBB_OK;
}

static bool has_contact_name(const ebb_phonebook_t *c, size_t i, const char *given)
{
    char name[EBB_NAME_MAX], wanted[EBB_NAME_MAX];
    if (!c->contacts[i].name) {
        return false;
    }
    const char *called = contact_text(c, c->contacts[i].name);
    (void)ebb_name_clean(name, called, strlen(called));
    (void)ebb_name_clean(wanted, given, strlen(given));
    return ebb_names_alike(name, wanted);
}

static void clear_marks(ebb_phonebook_t *c)
{
    for (size_t i = 0; i < c->count; i++) {
        c->contacts[i].marks = 0;
    }
}

static void mark_by_name(ebb_phonebook_t *c, const char *given)
{
    for (size_t i = 0; i < c->count; i++) {
        bool named = has_contact_name(c, i, given);
        c->contacts[ebb_phonebook_root(c, (int)i)].marks |=
            named ? EBB_PHONEBOOK_BY_NAME : 0;
    }
}

static void mark_by_address(ebb_phonebook_t *c, const char *given)
{
    for (size_t i = 0; i < c->count; i++) {
        if (ebb_addresses_match(contact_text(c, c->contacts[i].address), given)) {
            c->contacts[ebb_phonebook_root(c, (int)i)].marks |=
                EBB_PHONEBOOK_BY_ADDRESS;
        }
    }
}

/* Joins all that are marked into one; its root, -1 where none is. */
static int join_marked(ebb_phonebook_t *c)
{
    int first = -1;
    for (size_t i = 0; i < c->count; i++) {
        if (c->contacts[i].marks) {
            first = first < 0 ? (int)i : first;
            ebb_phonebook_join(c, first, (int)i);
        }
    }
    return first;
}

/* Joins those to whom aliases give one name, or that of a contact, or its address. */
static void join_aliased(ebb_phonebook_t *c)
{
    const ebb_import_opts_t *opts = &c->import->opts;
    for (size_t k = 0; k < opts->alias_count; k++) {
        clear_marks(c);
        for (size_t j = 0; j < opts->alias_count; j++) {
            if (ebb_names_match(opts->aliases[j].to, opts->aliases[k].to)) {
                mark_by_name(c, opts->aliases[j].from);
                mark_by_address(c, opts->aliases[j].from);
            }
        }
        int root = join_marked(c); /* somebody is called so by an alias */
        if (root >= 0) {
            mark_by_name(c, opts->aliases[k].to);
            mark_by_address(c, opts->aliases[k].to);
            root = join_marked(c);
            ebb_phonebook_entry_t *contact = &c->contacts[ebb_phonebook_root(c, root)];
            contact->alias = contact->alias ? contact->alias : (uint32_t)k + 1;
        }
    }
}

/* ---- the choice ---- */

/* How a contact is shown: the name an alias gives it, its own, its first address. */
static const char *contact_called(const ebb_phonebook_t *c, int root)
{
    const ebb_phonebook_entry_t *contact = &c->contacts[root];
    return contact->alias
               ? c->import->opts.aliases[contact->alias - 1].to
               : contact_text(c, contact->name ? contact->name : contact->address);
}

/* Marks whom a choice names. */
static void mark_chosen(ebb_phonebook_t *c, const char *given)
{
    if (!given) {
        return;
    }
    mark_by_name(c, given);
    mark_by_address(c, given);
    for (size_t i = 0; i < c->count; i++) {
        if (c->contacts[i].alias && ebb_names_match(contact_called(c, (int)i), given)) {
            c->contacts[i].marks |= EBB_PHONEBOOK_BY_NAME;
        }
    }
}

/* "Ana (3012), +491701234567 (17) ...", most first, as many as an error can hold. */
static void list_contacts(const ebb_phonebook_t *c, char *text, size_t room)
{
    size_t used = 0, after = 0;
    uint64_t ceiling = UINT64_MAX;
    for (int n = 0; n < 12 && used + 90 < room; n++) {
        int best = -1;
        for (size_t i = 0; i < c->count; i++) {
            uint64_t events = c->contacts[i].events;
            bool left = events < ceiling || (events == ceiling && i >= after);
            if (left && events > 0 && (best < 0 || events > c->contacts[best].events)) {
                best = (int)i;
            }
        }
        if (best < 0) {
            break;
        }
        ceiling = c->contacts[best].events;
        after = (size_t)best + 1;
        char name[EBB_NAME_MAX];
        const char *called = contact_called(c, best);
        size_t length = ebb_name_clean(name, called, strlen(called));
        while (length > 60 || (length > 0 && (name[length] & 0xC0) == 0x80)) {
            length--; /* whole characters */
        }
        int wrote = snprintf(text + used, room - used, "%s%.*s (%llu)", n ? ", " : "",
                             (int)length, name, (unsigned long long)ceiling);
        used += wrote > 0 ? (size_t)wrote : 0;
    }
}

/* Marks those who may be meant; their number, and the last of them. */
static size_t mark_candidates(ebb_phonebook_t *book, int *last)
{
    const ebb_import_opts_t *opts = &book->import->opts;
    bool named = opts->partner || opts->between[0];
    size_t count = 0;
    clear_marks(book);
    mark_chosen(book, opts->partner);
    mark_chosen(book, opts->between[0]);
    mark_chosen(book, opts->between[1]);
    for (size_t i = 0; i < book->count; i++) {
        const ebb_phonebook_entry_t *contact = &book->contacts[i];
        bool fits = contact->events > 0 && (!named || contact->marks);
        *last = fits ? (int)i : *last;
        count += fits;
    }
    return count;
}

int ebb_phonebook_choose(ebb_phonebook_t *book, const char *where, ebb_error_t *error)
{
    const ebb_import_opts_t *opts = &book->import->opts;
    bool named = opts->partner || opts->between[0];
    ebb_place_t place = {.where = where};
    char text[380] = "";
    int chosen = -1;
    join_aliased(book);
    size_t count = mark_candidates(book, &chosen);
    if (count == 1) {
        book->import->partner_named_chat |=
            book->contacts[chosen].marks == EBB_PHONEBOOK_BY_ADDRESS;
        return chosen;
    }
    list_contacts(book, text, sizeof text);
    if (text[0] == '\0') {
        return ebb_fail_at(error, EBB_ERR_INPUT, place,
                           "holds no message between two persons; is it the backup of "
                           "the right phone?");
    }
    const char *why = !named  ? "holds messages with several persons: name one as "
                                "partner"
                      : count ? "several contacts fit: name one as partner by a "
                                "number of theirs"
                              : "no contact has the name given";
    return ebb_fail_at(error, EBB_ERR_CHOICE, place,
                       "%s; contacts and their messages: %s", why, text);
}

int ebb_phonebook_person(ebb_phonebook_t *book, int root)
{
    const ebb_import_opts_t *opts = &book->import->opts;
    const ebb_phonebook_entry_t *contact = &book->contacts[root];
    int person = -1;
    for (size_t k = 0; k < opts->alias_count; k++) { /* each of them is met */
        const char *from = opts->aliases[k].from;
        clear_marks(book);
        mark_by_name(book, from);
        mark_by_address(book, from);
        if (contact->marks) {
            person = ebb_import_person(book->import, from, strlen(from));
        }
        if (contact->marks && person < 0) {
            return person;
        }
    }
    const char *called =
        contact_text(book, contact->name ? contact->name : contact->address);
    return person >= 0 ? person
                       : ebb_import_person(book->import, called, strlen(called));
}

const char *ebb_phonebook_problem(int code)
{
    _Static_assert(EBB_PHONEBOOK_MAX == 60000 && ALIKE_MAX == 64,
                   "the sentence below says so");
    return code == EBB_ERR_LIMIT ? "more than 60000 numbers, or 64 that end alike; no "
                                   "phone writes with so many"
                                 : "no memory for its contacts";
}

void ebb_phonebook_free(ebb_phonebook_t *book)
{
    const ebb_alloc_t *alloc = book->import->alloc;
    ebb_free_array(alloc, book->contacts, book->room, sizeof *book->contacts);
    free_contact_tables(book, book->kin, book->named, book->table_room);
    if (book->bytes.data) {
        ebb_text_free(&book->bytes);
    }
}
