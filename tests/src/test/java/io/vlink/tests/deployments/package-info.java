/** The suite in containers and in Kubernetes. */
@NullMarked
package io.vlink.tests.deployments;

import org.jspecify.annotations.NullMarked;
