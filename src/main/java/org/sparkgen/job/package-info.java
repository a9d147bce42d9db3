/**
 * One class per command: load, require, run, publish. Each returns a typed result; printing and
 * exit codes belong to the caller.
 */
package org.sparkgen.job;
