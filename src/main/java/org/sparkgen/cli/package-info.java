/** The command line: options, messages, exit codes. It calls jobs and prints what they return. */
package org.sparkgen.cli;
