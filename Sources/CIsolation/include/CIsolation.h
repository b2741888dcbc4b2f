#pragma once

/* Walls that a Linux process puts round itself, for good, and attempts to get past them.
   Unless said otherwise a call returns 0, or the errno that says why not. */

/* Nothing this process does gains rights any more (prctl(2), PR_SET_NO_NEW_PRIVS): the walls below ask for it. */
int ws_wall_no_new_rights(void);
/* Gives every capability up. Root keeps those two that read past folder modes: the data folder may be somebody else's. */
int ws_wall_no_capabilities(void);
/* A network namespace of its own (namespaces(7)), in which nothing is connected to anything. */
int ws_wall_network(void);
/* A filter (seccomp(2)) that lets through only the system calls which work on pictures takes. */
int ws_wall_system_calls(void);

/* The version of Landlock (landlock(7)) that the kernel offers; 0 when it offers none. */
int ws_files_version(void);
/* Begins a set of rules that allows nothing; its descriptor, or minus an errno. */
int ws_files_begin(void);
/* Allows a file, or a folder with all in it, to be read or also written. ENOENT when it is not there. */
int ws_files_allow(int rules, const char *path, int writing);
/* Allows the folders of the libraries that are loaded, where more of them lie, and this program's file to be read. */
int ws_files_allow_program(int rules);
/* Allows nothing else from now on, and closes `rules`. Holds for this thread and those it starts. */
int ws_files_enforce(int rules);

/* Attempts: 0 when the thing was possible. */
int ws_try_to_connect(int family);
int ws_try_to_start_a_process(void);
int ws_try_to_start_a_program(void);
int ws_try_to_read_the_parent(void);

/* Threads of this process. */
int ws_thread_count(void);
