// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {Base64Url} from "../../src/account/Base64Url.sol";

/// @title Makes `Base64Url` callable
contract Base64UrlCaller {
    function encode(bytes32 data) external pure returns (bytes32 first, bytes32 last) {
        return Base64Url.encode(data);
    }
}
