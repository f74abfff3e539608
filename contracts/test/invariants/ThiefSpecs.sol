// SPDX-License-Identifier: MIT
pragma solidity 0.8.28;

import {SpecBuilder} from "../fixtures/SpecBuilder.sol";
import {Campaign} from "./Campaign.sol";
import {Purse} from "./actors/Purse.sol";
import {Till} from "./actors/Till.sol";
import {TokenPaymaster} from "./actors/TokenPaymaster.sol";

/// @title What the thief finds: an account with sessions of one key, of which each limits otherwise
///
/// @notice LIFETIME: limits for its life, pays for itself. PERIODS: limits per period, any paymaster. SPONSORED: one
/// sponsor is listed. A fourth one is of a key that the thief does not have.
abstract contract ThiefSpecs is Campaign {
    uint256 internal constant LIFETIME = 0;
    uint256 internal constant PERIODS = 1;
    uint256 internal constant SPONSORED = 2;
    uint256 internal constant HONEST_KEY = 0x40e57;

    uint256 public constant TOKENS_IN_ALL = 100 ether;
    uint256 public constant TOKENS_SPONSORED = 50 ether;
    uint256 public constant TOKENS_A_PERIOD = 40 ether;
    uint32 public constant TOKEN_PERIOD = 12 hours;
    uint256 public constant ETHER_IN_ALL = 1 ether;
    uint256 public constant ETHER_A_DAY = 0.5 ether;
    uint256 public constant ETHER_AT_ONCE = 0.2 ether;
    uint256 public constant ETHER_USES = 9;
    uint256 public constant TILL_IN_ALL = 0.3 ether;
    uint256 public constant TILL_AT_ONCE = 0.1 ether;
    uint256 public constant TILL_USES = 5;
    uint256 public constant USES_AN_HOUR = 3;
    uint256 public constant FEES_IN_ALL = 20 * FEE;
    uint256 public constant FEES_A_DAY = 8 * FEE;
    uint256 public constant FEES_SPONSORED = 3 * FEE;

    bytes[3] internal specs;
    /// @dev Of the policies that pay in token, by session, and of the till's.
    uint8[3] internal tokenPolicy;
    uint8 internal tillPolicy;
    bytes internal honestSpec;

    Purse internal other; // listed nowhere
    Purse internal gasToken; // the paymaster has an allowance
    Till internal till;
    TokenPaymaster internal tokenPaymaster;
    TokenPaymaster internal sponsor;
    address internal thief = makeAddr("thief");

    function setUp() public virtual override {
        super.setUp();
        token = new Purse();
        (other, gasToken) = (new Purse(), new Purse());
        shop = address(new Till(account, address(other)));
        till = new Till(account, address(other));
        tokenPaymaster = new TokenPaymaster(gasToken);
        sponsor = new TokenPaymaster(Purse(address(0)));
        token.mint(address(account), 1000 ether);
        other.mint(address(account), 1000 ether);
        gasToken.mint(address(account), 1000 ether);
        _asOwner(address(gasToken), abi.encodeCall(gasToken.approve, (address(tokenPaymaster), type(uint256).max)));
        // Fees come from the balance, once this is spent.
        _asOwner(address(entryPoint), abi.encodeCall(entryPoint.withdrawTo, (payable(bundler), 1 ether - 2 * FEE)));
        entryPoint.depositTo{value: 100 ether}(address(tokenPaymaster));
        entryPoint.depositTo{value: 100 ether}(address(sponsor));
        _approve(LIFETIME, _lifetimeSpec());
        _approve(PERIODS, _periodsSpec());
        _approve(SPONSORED, _sponsoredSpec());
        SpecBuilder.Spec memory s = _sponsoredSpec();
        s.signer = vm.addr(HONEST_KEY);
        honestSpec = SpecBuilder.pack(s);
        _createPacked(honestSpec);
    }

    function _approve(uint256 session, SpecBuilder.Spec memory s) private {
        specs[session] = SpecBuilder.pack(s);
        _createPacked(specs[session]);
    }

    function _createPacked(bytes memory packed) private {
        assertTrue(_asOwner(address(sessions), abi.encodeCall(sessions.createSession, (packed))));
    }

    function _lifetimeSpec() private returns (SpecBuilder.Spec memory s) {
        SpecBuilder.Policy memory tip =
            SpecBuilder.transferPolicy(shop, uint96(ETHER_AT_ONCE), SpecBuilder.lifetime(ETHER_IN_ALL));
        tip.maxUses = uint16(ETHER_USES);
        SpecBuilder.Policy memory pay = _payPolicy(SpecBuilder.lifetime(TOKENS_IN_ALL));
        SpecBuilder.Policy memory buy = SpecBuilder.callPolicy(address(till), Till.pay.selector);
        buy.hasValue = true;
        buy.maxValue = uint96(TILL_AT_ONCE);
        buy.valueLimit = SpecBuilder.lifetime(TILL_IN_ALL);
        buy.maxUses = uint16(TILL_USES);
        s = specOf(tip);
        s.policies = new SpecBuilder.Policy[](3);
        s.policies[0] = tip;
        bool tokenFirst = address(token) < address(till);
        (tokenPolicy[LIFETIME], tillPolicy) = tokenFirst ? (1, 2) : (2, 1);
        s.policies[tokenPolicy[LIFETIME]] = pay;
        s.policies[tillPolicy] = buy;
        s.feeLimit = uint80(FEES_IN_ALL);
    }

    function _periodsSpec() private returns (SpecBuilder.Spec memory s) {
        SpecBuilder.Policy memory tip =
            SpecBuilder.transferPolicy(shop, uint96(ETHER_AT_ONCE), SpecBuilder.allowance(ETHER_A_DAY, 1 days));
        SpecBuilder.Policy memory pay = _payPolicy(SpecBuilder.allowance(TOKENS_A_PERIOD, TOKEN_PERIOD));
        (pay.maxUses, pay.usePeriod) = (uint16(USES_AN_HOUR), 1 hours);
        s = specOf(tip);
        s.policies = new SpecBuilder.Policy[](2);
        (s.policies[0], s.policies[1]) = (tip, pay);
        tokenPolicy[PERIODS] = 1;
        (s.feeLimit, s.feePeriod, s.paymasterMode) = (uint80(FEES_A_DAY), 1 days, 2);
    }

    function _sponsoredSpec() private view returns (SpecBuilder.Spec memory s) {
        s = specOf(_payPolicy(SpecBuilder.lifetime(TOKENS_SPONSORED)));
        (s.feeLimit, s.paymasterMode, s.paymaster) = (uint80(FEES_SPONSORED), 1, address(sponsor));
    }

    function _payPolicy(SpecBuilder.Limit memory amount) private view returns (SpecBuilder.Policy memory policy) {
        policy = SpecBuilder.callPolicy(address(token), token.transfer.selector);
        SpecBuilder.withConstraint(policy, 1, 0, uint160(shop), SpecBuilder.unlimited());
        SpecBuilder.withConstraint(policy, 0, 1, 0, amount);
    }
}
