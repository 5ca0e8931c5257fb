/* SPDX-License-Identifier: MIT
 * Reading out of a folder, or of a zip, which looks the same from here. */
#ifndef EBB_MESSAGES_FOLDER_H
#define EBB_MESSAGES_FOLDER_H

#include "messages/reader.h"

#define EBB_LABEL_MAX 256 /* bytes with the NUL, as of ebb_source_t and ebb_error_t */

/* "FOLDER/NAME", the beginning left out where it is too long. */
void ebb_folder_label(char label[EBB_LABEL_MAX], const ebb_folder_t *folder,
                      const char *name);

/* Reads one file as a source of its own. It is labelled by the folder and its own name,
 * or by a zip's alone where that holds but one chat. */
int ebb_folder_read(ebb_import_t *import, const ebb_folder_t *folder, size_t index,
                    const ebb_reader_t *reader, ebb_error_t *error);

/* The name of a file without the folders it lies in. */
const char *ebb_base_name(const char *path);

/* N of a file called message_N.json, as Meta's downloads call them; 0 for any other. */
uint64_t ebb_meta_file_number(const char *path);

/* Reads the chat of the couple among `count` files of Meta's downloads, all files of
 * it, the oldest first. EBB_ERR_CHOICE lists the chats when the options' names do not
 * choose one. Sets import->partner_named_chat when the partner's name was that of the
 * chat's folder. */
int ebb_meta_read_chat(ebb_import_t *import, const ebb_folder_t *folder,
                       const size_t *files, size_t count, ebb_error_t *error);

#endif
