/**
 * Named networks: a DL4J network's configuration, flat parameters and optimizer, run layer by layer
 * with kernels that allocate nothing outside the step's workspace. The only door to DL4J networks.
 * It knows no losses and no families.
 */
package org.sparkgen.nn;
